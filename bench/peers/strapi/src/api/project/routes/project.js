const { createCoreRouter } = require('@strapi/strapi').factories

module.exports = createCoreRouter('api::project.project')
