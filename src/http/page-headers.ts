/**
 * The headers of pages and what belongs to them: nothing inline, nothing from elsewhere, in no frame.
 * @param baseUri who may set the base of relative links
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
