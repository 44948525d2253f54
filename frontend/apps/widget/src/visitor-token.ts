import { refusalOf, SignallingError } from '@calldocker/client';

type Kept = Pick<Storage, 'getItem' | 'setItem'>;

interface Issued {
  readonly token: string;
}

/**
 * The access token of an anonymous visitor, kept for the tab so that a reloaded page is the same person. An old token is
 * handed in to get a new one for the same identity.
 */
export class VisitorToken {
  private readonly address: string;
  private readonly health: string;
  private readonly company: string;
  private readonly storage: Kept | undefined;
  private readonly key: string;
  private issued: Issued | undefined;

  constructor(server: string, company: string, storage: Kept | undefined) {
    this.address = `${server}/api/visitor-token`;
    this.health = `${server}/health`;
    this.company = company;
    this.storage = storage;
    this.key = `calldocker.visitor.${company}`;
    this.issued = this.read();
  }

  /**
   * @param old  a token that is not to be given again: the server has not taken it, or says that it expires
   * @errors SignallingError `unauthenticated` when this company takes no calls from here; others pass with time
   */
  readonly get = async (old?: string): Promise<string> => {
    if (this.issued && this.issued.token !== old) return this.issued.token;
    const renewed = this.issued ? await this.ask({ company: this.company, token: this.issued.token }) : undefined;
    this.issued = renewed ?? (await this.ask({ company: this.company }));
    if (!this.issued) throw new SignallingError('unauthenticated', `the server takes no calls for ${this.company}`);
    this.keep(this.issued);
    return this.issued.token;
  };

  /** From now on this is the visitor that the token names, as a resume link hands it over. */
  adopt(token: string): void {
    this.issued = { token };
    this.keep(this.issued);
  }

  /** @returns undefined when the server says no, for good */
  private async ask(body: { company: string; token?: string }): Promise<Issued | undefined> {
    const response = await fetch(this.address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      credentials: 'omit',
    }).catch((error: unknown) => this.explain(error));
    if (response.ok) return { token: ((await response.json()) as Issued).token };
    if (response.status >= 500 || response.status === 429) throw refusalOf(response);
    return undefined;
  }

  /** A browser does not say why it keeps an answer from a page: the network failed, or the server does not name this site. */
  private async explain(error: unknown): Promise<never> {
    const isThere = await fetch(this.health, { mode: 'no-cors', credentials: 'omit', cache: 'no-store' }).then(
      () => true,
      () => false,
    );
    if (isThere) throw new SignallingError('unauthenticated', 'the server does not name this site in ALLOWED_ORIGINS');
    throw error;
  }

  private read(): Issued | undefined {
    try {
      const kept: unknown = JSON.parse(this.storage?.getItem(this.key) ?? 'null');
      return isIssued(kept) ? kept : undefined;
    } catch {
      return undefined;
    }
  }

  private keep(issued: Issued): void {
    try {
      this.storage?.setItem(this.key, JSON.stringify(issued));
    } catch {
      // A full or forbidden storage costs only the identity after a reload.
    }
  }
}

function isIssued(value: unknown): value is Issued {
  return typeof value === 'object' && value !== null && 'token' in value && typeof value.token === 'string';
}
