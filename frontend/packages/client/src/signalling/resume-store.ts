/** Where a session's resume token outlives a reload of the page; `sessionStorage` by default. */
export type TokenStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export function sessionStorageIfAny(): TokenStorage | undefined {
  try {
    return globalThis.sessionStorage; // throws where storage is forbidden
  } catch {
    return undefined;
  }
}

interface Kept {
  readonly token: string;
  /** The one before, until the server has heard from us under this one: whichever of them it knows, we are let in. */
  readonly former?: string;
  readonly subject: string;
}

/**
 * The resume tokens of one page's session: every connection brings a new one. They are handed out only under an access
 * token that names the same person, so that signing in as someone else never resumes the former session. Storage that
 * fails (private mode) costs only the resume after a reload.
 */
export class ResumeStore {
  private readonly storage: TokenStorage | undefined;
  private readonly key: string;
  private memory: Kept | undefined;

  constructor(key: string, storage: TokenStorage | undefined) {
    this.key = `calldocker.resume.${key}`;
    this.storage = storage;
    this.memory = this.read();
  }

  /** @returns the resume token, if one is kept for the person that `accessToken` names */
  get(accessToken: string): string | undefined {
    return this.memory?.subject === subjectOf(accessToken) ? this.memory.token : undefined;
  }

  /** Whether the server may still take the token before this one. */
  get isUnconfirmed(): boolean {
    return this.memory?.former !== undefined;
  }

  keep(token: string, accessToken: string): void {
    const subject = subjectOf(accessToken);
    const before = this.memory?.subject === subject ? this.memory : undefined;
    const former = before?.token === token ? before.former : before?.token;
    this.set({ token, subject, ...(former === undefined ? {} : { former }) });
  }

  /** The server has heard from us under the newest token: the one before is void. */
  confirm(): void {
    if (this.memory?.former === undefined) return;
    const { token, subject } = this.memory;
    this.set({ token, subject });
  }

  /** The newest token was not taken. @returns whether there is one before it to try */
  fallBack(): boolean {
    if (this.memory?.former === undefined) return false;
    const { former, subject } = this.memory;
    this.set({ token: former, subject });
    return true;
  }

  forget(): void {
    this.memory = undefined;
    this.attempt((storage) => storage.removeItem(this.key));
  }

  private set(kept: Kept): void {
    this.memory = kept;
    this.attempt((storage) => storage.setItem(this.key, JSON.stringify(kept)));
  }

  private read(): Kept | undefined {
    const kept: unknown = this.attempt((storage) => JSON.parse(storage.getItem(this.key) ?? 'null'));
    if (typeof kept !== 'object' || kept === null || !('token' in kept) || !('subject' in kept)) return undefined;
    if (typeof kept.token !== 'string' || typeof kept.subject !== 'string') return undefined;
    const former = 'former' in kept && typeof kept.former === 'string' ? { former: kept.former } : {};
    return { token: kept.token, subject: kept.subject, ...former };
  }

  private attempt<T>(use: (storage: TokenStorage) => T): T | undefined {
    try {
      return this.storage && use(this.storage);
    } catch {
      return undefined;
    }
  }
}

/** Who a JWT names: company and user. A token that cannot be read names nobody but itself. */
function subjectOf(accessToken: string): string {
  try {
    const payload = (accessToken.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const claims: unknown = JSON.parse(atob(payload));
    if (typeof claims === 'object' && claims !== null && 'id' in claims && 'company_id' in claims) {
      return JSON.stringify([claims.company_id, claims.id]);
    }
  } catch {
    // Not a JWT: the server will say so.
  }
  return accessToken;
}
