const { readFileSync, writeFileSync } = require('node:fs')

const AT_ONCE = 50

/** With SEED_FILE it imports the projects, under ids that the benchmark can predict, and makes a token. */
module.exports = {
  async bootstrap({ strapi }) {
    const { SEED_FILE, TOKEN_FILE } = process.env
    if (!SEED_FILE) return
    const { projects } = JSON.parse(readFileSync(SEED_FILE, 'utf8'))
    const data = projects.map(({ id, ...project }) => ({
      ...project,
      documentId: `a${id.padStart(23, '0')}`,
    }))
    for (let at = 0; at < data.length; at += AT_ONCE)
      await strapi.db.query('api::project.project').createMany({ data: data.slice(at, at + AT_ONCE) })
    const { accessKey } = await strapi
      .service('admin::api-token')
      .create({ name: 'benchmark', description: '', type: 'full-access', lifespan: null })
    writeFileSync(TOKEN_FILE, accessKey)
  },
}
