/**
 * The headers of pages and their files: nothing inline, nothing from elsewhere, no frames.
 * @param baseUri where `<base>` may lead
 */
export function pageHeaders(baseUri: "'none'" | "'self'"): Record<string, string> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "connect-src 'self'",
      "font-src 'self'",
      `base-uri ${baseUri}`,
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  }
}
