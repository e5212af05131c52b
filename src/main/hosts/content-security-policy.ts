// What a window may load, said by header on every answer of both hosts. Runs in main; knows neither HTTP nor Electron.

/**
 * The policy of the studio's page. `connectSources` are added to 'self': the browser host names its WebSocket,
 * because not every browser counts ws: as 'self'.
 * Style elements are allowed because Mantine writes the theme's variables into one; with images and connections
 * limited to ourselves, a foreign style has nowhere to send what it sees.
 */
export function contentSecurityPolicy(connectSources: readonly string[] = []): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "font-src 'self'",
    `connect-src ${["'self'", ...connectSources].join(' ')}`,
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Headers of every answer: the policy, and no guessing, framing, referring or sharing with other pages. */
export function securityHeaders(connectSources: readonly string[] = []): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(connectSources),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), display-capture=()',
  };
}

/** Of films and frames whose address may show something else later. */
export const filmCacheControl = 'private, no-cache';

/** Pictures are private, and the picture behind an id and variant never changes. */
export const pictureCacheControl = 'private, max-age=86400, immutable';
