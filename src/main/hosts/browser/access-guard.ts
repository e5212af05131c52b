// Who may talk to the browser host: only the browser that brought the one-time token, and only from our own page.
// Runs in main under the browser host. Decides; sends nothing.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export interface RequestFacts {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly isWebSocketUpgrade: boolean;
}

export type AccessDecision =
  | { readonly kind: 'allowed' }
  /** The token was right and is used up: set the cookie, go on to the address without it. */
  | { readonly kind: 'exchanged'; readonly setCookie: string }
  | { readonly kind: 'refused'; readonly reason: 'host' | 'origin' | 'token' | 'cookie' };

export interface AccessGuard {
  /** To be put into the start address once: `/?token=…`. */
  readonly token: string;
  decide(request: RequestFacts): AccessDecision;
}

export const tokenParameter = 'token';

/**
 * Host is compared so that a foreign name resolving to 127.0.0.1 (DNS rebinding) gets nothing; Origin so that a
 * foreign page in the same browser gets nothing even where SameSite is not honoured.
 */
export function createAccessGuard(port: number): AccessGuard {
  const token = randomBytes(32).toString('base64url');
  const session = randomBytes(32).toString('base64url');
  const host = `127.0.0.1:${port}`;
  const origin = `http://${host}`;
  // Cookies do not know ports: the name does, so that two studios in one browser keep apart.
  const cookieName = `heirloom-${port}`;
  let tokenIsUsed = false;

  function hasSession(headers: IncomingHttpHeaders): boolean {
    const cookies = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
    return cookies.some((pair) => {
      const [name, value] = splitOnce(pair, '=');
      return name === cookieName && isSameSecret(value, session);
    });
  }

  return {
    token,
    decide({ method, url, headers, isWebSocketUpgrade }) {
      if (headers.host !== host) return { kind: 'refused', reason: 'host' };

      const mustNameOrigin = isWebSocketUpgrade || (method !== 'GET' && method !== 'HEAD');
      if (headers.origin === undefined ? mustNameOrigin : headers.origin !== origin) {
        return { kind: 'refused', reason: 'origin' };
      }

      if (hasSession(headers)) return { kind: 'allowed' };

      const offered = url.searchParams.get(tokenParameter);
      if (offered === null || isWebSocketUpgrade || method !== 'GET' || url.pathname !== '/') {
        return { kind: 'refused', reason: 'cookie' };
      }
      if (tokenIsUsed || !isSameSecret(offered, token)) return { kind: 'refused', reason: 'token' };
      tokenIsUsed = true;
      return {
        kind: 'exchanged',
        setCookie: `${cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict`,
      };
    },
  };
}

/** Compares in constant time, whatever the lengths. */
function isSameSecret(offered: string, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(offered), digest(secret));
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}
