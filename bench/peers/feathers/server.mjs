// Feathers as its generator sets it up: Koa, Knex on SQLite, a schema with validators and resolvers, and JWT on the
// service. With SEED_FILE it creates its tables and fills them.
import { readFileSync } from 'node:fs'
import { AuthenticationService, authenticate, JWTStrategy } from '@feathersjs/authentication'
import { LocalStrategy, passwordHash } from '@feathersjs/authentication-local'
import { feathers } from '@feathersjs/feathers'
import { KnexService } from '@feathersjs/knex'
import { bodyParser, cors, errorHandler, koa, parseAuthentication, rest } from '@feathersjs/koa'
import { Ajv, addFormats, resolve, hooks as schemaHooks } from '@feathersjs/schema'
import { getValidator, querySyntax, Type } from '@feathersjs/typebox'
import knex from 'knex'

const { DATABASE_FILE, PORT, SEED_FILE } = process.env
const Model = knex({
  client: 'better-sqlite3',
  connection: { filename: DATABASE_FILE },
  useNullAsDefault: true,
})
const paginate = { default: 10, max: 50 }
const dataValidator = addFormats(new Ajv({}))
const queryValidator = addFormats(new Ajv({ coerceTypes: true }))

const nullable = (type) => Type.Union([type, Type.Null()])
const projectFields = Type.Object(
  {
    projectName: Type.String(),
    clientName: Type.String(),
    projectEnabled: Type.Optional(Type.Boolean()),
    notes: Type.Optional(nullable(Type.String())),
    hourRate: Type.Optional(nullable(Type.Number())),
    timeEstimated: Type.Optional(nullable(Type.Number())),
    budgetEstimated: Type.Optional(nullable(Type.Number())),
  },
  { $id: 'ProjectData', additionalProperties: false },
)
const projectSchema = Type.Object(
  {
    id: Type.Number(),
    ...projectFields.properties,
    createdAt: Type.String(),
    updatedAt: Type.String(),
  },
  { $id: 'Project', additionalProperties: false },
)
const projectQuery = Type.Intersect(
  [
    querySyntax(Type.Pick(projectSchema, ['id', 'projectName', 'clientName']), {
      projectName: { $like: Type.String() },
    }),
    Type.Object({}, { additionalProperties: false }),
  ],
  { additionalProperties: false },
)
const now = async () => new Date().toISOString()

const userSchema = Type.Object(
  { email: Type.String(), password: Type.String() },
  { $id: 'UserData', additionalProperties: false },
)

const app = koa(feathers())
app.set('paginate', paginate)
app.set('authentication', {
  entity: 'user',
  service: 'users',
  secret: 'a secret of the benchmark',
  authStrategies: ['jwt', 'local'],
  jwtOptions: {
    header: { typ: 'access' },
    audience: 'http://127.0.0.1',
    algorithm: 'HS256',
    expiresIn: '1d',
  },
  local: { usernameField: 'email', passwordField: 'password' },
})
app.use(cors())
app.use(errorHandler())
app.use(parseAuthentication())
app.use(bodyParser())
app.configure(rest())

const authentication = new AuthenticationService(app)
authentication.register('jwt', new JWTStrategy())
authentication.register('local', new LocalStrategy())
app.use('authentication', authentication)

app.use('users', new KnexService({ Model, name: 'users', paginate }))
app.service('users').hooks({
  around: {
    all: [schemaHooks.resolveExternal(resolve({ password: async () => undefined }))],
    find: [authenticate('jwt')],
    get: [authenticate('jwt')],
  },
  before: {
    create: [
      schemaHooks.validateData(getValidator(userSchema, dataValidator)),
      schemaHooks.resolveData(resolve({ password: passwordHash({ strategy: 'local' }) })),
    ],
  },
})

app.use('projects', new KnexService({ Model, name: 'projects', paginate }), {
  methods: ['find', 'get', 'create', 'patch', 'remove'],
})
app.service('projects').hooks({
  around: {
    all: [
      authenticate('jwt'),
      schemaHooks.resolveExternal(resolve({})),
      schemaHooks.resolveResult(resolve({ projectEnabled: async (value) => Boolean(value) })),
    ],
  },
  before: {
    all: [
      schemaHooks.validateQuery(getValidator(projectQuery, queryValidator)),
      schemaHooks.resolveQuery(resolve({})),
    ],
    create: [
      schemaHooks.validateData(getValidator(projectFields, dataValidator)),
      schemaHooks.resolveData(
        resolve({ projectEnabled: async (value) => value ?? true, createdAt: now, updatedAt: now }),
      ),
    ],
    patch: [
      schemaHooks.validateData(
        getValidator(Type.Partial(projectFields, { $id: 'ProjectPatch' }), dataValidator),
      ),
      schemaHooks.resolveData(resolve({ updatedAt: now })),
    ],
  },
})

if (SEED_FILE) await seed(JSON.parse(readFileSync(SEED_FILE, 'utf8')).projects)
await app.listen(Number(PORT), '127.0.0.1')

async function seed(projects) {
  await Model.schema.createTable('users', (table) => {
    table.increments('id')
    table.string('email').unique()
    table.string('password')
  })
  await Model.schema.createTable('projects', (table) => {
    table.increments('id')
    for (const name of ['projectName', 'clientName', 'createdAt', 'updatedAt'])
      table.string(name).notNullable()
    table.boolean('projectEnabled').notNullable()
    table.text('notes')
    for (const name of ['hourRate', 'timeEstimated', 'budgetEstimated']) table.double(name)
  })
  await Model.batchInsert(
    'projects',
    projects.map((project) => ({ ...project, id: Number(project.id) })),
    80,
  )
}
