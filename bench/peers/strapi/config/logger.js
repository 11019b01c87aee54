module.exports = { level: 'warn' }
