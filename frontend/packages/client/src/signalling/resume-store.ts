/** Where a session's resume token outlives a reload of the page; `sessionStorage` by default. */
export type TokenStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * The resume token of one page's session. It is handed out only under an access token that names the same person, so
 * that signing in as someone else never resumes the former session. Storage that fails (private mode) costs only the
 * resume after a reload.
 */
export class ResumeStore {
  private readonly storage: TokenStorage | undefined;
  private readonly key: string;
  private memory: { token: string; subject: string } | undefined;

  constructor(key: string, storage: TokenStorage | undefined) {
    this.key = `calldocker.resume.${key}`;
    this.storage = storage;
    this.memory = this.read();
  }

  /** @returns the resume token, if one is kept for the person that `accessToken` names */
  get(accessToken: string): string | undefined {
    return this.memory?.subject === subjectOf(accessToken) ? this.memory.token : undefined;
  }

  keep(token: string, accessToken: string): void {
    this.memory = { token, subject: subjectOf(accessToken) };
    this.attempt((storage) => storage.setItem(this.key, JSON.stringify(this.memory)));
  }

  forget(): void {
    this.memory = undefined;
    this.attempt((storage) => storage.removeItem(this.key));
  }

  private read(): { token: string; subject: string } | undefined {
    const kept: unknown = this.attempt((storage) => JSON.parse(storage.getItem(this.key) ?? 'null'));
    if (typeof kept !== 'object' || kept === null || !('token' in kept) || !('subject' in kept)) return undefined;
    return typeof kept.token === 'string' && typeof kept.subject === 'string' ? { token: kept.token, subject: kept.subject } : undefined;
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
