// The benchmark only uses the API, so the admin panel is neither built nor served.
module.exports = {
  serveAdminPanel: false,
  auth: { secret: 'benchmark-admin-secret' },
  apiToken: { salt: 'benchmark-token-salt' },
  transfer: { token: { salt: 'benchmark-transfer-salt' } },
  secrets: { encryptionKey: 'benchmark-encryption-key' },
}
