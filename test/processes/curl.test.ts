import { expect } from 'vitest'
import { createAccount, it, paste, startServer } from '../process.ts'

/**
 * The examples of the vendor's page, as they are pasted: the typographic quotes of the page made plain, its
 * lines continued, its host replaced and the tokens filled in. Nothing else is changed.
 */
const examples = {
  list: String.raw`curl "https://testaccount.timetrackenterprise.com/api/v2/ext/projects/" \
     -H 'Content-Type: application/json' \
     -H 'X-TimeTrack-Api-Secret: <API_SECRET_TOKEN>' \
     -H 'X-TimeTrack-Api-Key: <API_KEY>' \
     -d $'{}'`,
  search: String.raw`curl "https://testaccount.timetrackenterprise.com/api/v2/ext/projects?projectName=Test" \
     -H 'Content-Type: application/json' \
     -H 'X-TimeTrack-Api-Secret: <API_SECRET_TOKEN>' \
     -H 'X-TimeTrack-Api-Key: <API_KEY>' \
     -d $'{}'`,
  get: String.raw`curl "https://testaccount.timetrackenterprise.com/api/v2/ext/projects/1" \
     -H 'Content-Type: application/json' \
     -H 'X-TimeTrack-Api-Secret: <API_SECRET_TOKEN>' \
     -H 'X-TimeTrack-Api-Key: <API_KEY>' \
     -d $'{}'`,
  create: String.raw`curl -X "POST" "https://testaccount.timetrackenterprise.com/api/v2/ext/projects" \
     -H 'Content-Type: application/json' \
     -H 'X-TimeTrack-Api-Secret: <API_SECRET_TOKEN>' \
     -H 'X-TimeTrack-Api-Key: <API_KEY>' \
     -d $'{
"projectName": "Test project 001",
"clientName": "Test company"
}'`,
  update: String.raw`curl -X "PUT" "https://testaccount.timetrackenterprise.com/api/v2/ext/projects/1" \
     -H 'Content-Type: application/json' \
     -H 'X-TimeTrack-Api-Secret: <API_SECRET_TOKEN>' \
     -H 'X-TimeTrack-Api-Key: <API_KEY>' \
     -d $'{
"hourRate": "50",
"notes": "Test project for API"
}'`,
  delete: String.raw`curl -X "DELETE" "https://testaccount.timetrackenterprise.com/api/v2/ext/projects/1" \
     -H 'Content-Type: application/json' \
     -H 'X-TimeTrack-Api-Secret: <API_SECRET_TOKEN>' \
     -H 'X-TimeTrack-Api-Key: <API_KEY>' \
     -d $'{}'`,
}

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

/** Makes the account of the examples and gives what runs one of them in a bash. */
async function prepare(folder: string) {
  const { apiKey, apiSecret } = await createAccount(folder, 'testaccount')
  const { port } = await startServer(folder)
  return async (example: string) => {
    const pasted = example
      .replace('https://testaccount.timetrackenterprise.com', `http://testaccount.localhost:${port}`)
      .replace('<API_SECRET_TOKEN>', apiSecret)
      .replace('<API_KEY>', apiKey)
    const [body, status, ...more] = await paste(folder, pasted)
    expect(more).toEqual([])
    return { status, body: JSON.parse(body!) }
  }
}

it("every curl example of the vendor's page works as pasted", async ({ folder }) => {
  const curl = await prepare(folder)
  const created = await curl(examples.create)
  const project = {
    ID: 1,
    id: 1,
    projectName: 'Test project 001',
    clientName: 'Test company',
    projectEnabled: true,
    notes: null,
    hourRate: null,
    timeEstimated: null,
    budgetEstimated: null,
    createdAt: TIME,
    updatedAt: TIME,
  }
  expect(created).toEqual({ status: '201', body: project })
  expect(await curl(examples.list)).toEqual({ status: '200', body: [created.body] })
  expect(await curl(examples.search)).toEqual({ status: '200', body: [created.body] })
  expect(await curl(examples.get)).toEqual({ status: '200', body: created.body })

  const updated = await curl(examples.update)
  const changes = { hourRate: 50, notes: 'Test project for API', updatedAt: TIME }
  expect(updated).toEqual({ status: '200', body: { ...created.body, ...changes } })
  expect(await curl(examples.get)).toEqual({ status: '200', body: updated.body })

  const deleted = await curl(examples.delete)
  expect(deleted).toEqual({
    status: '200',
    body: { ...updated.body, updatedAt: TIME, deletedAt: TIME },
  })
  expect(await curl(examples.list)).toEqual({ status: '200', body: [] })
  expect(await curl(examples.get)).toMatchObject({
    status: '404',
    body: { errors: [{ status: 404, code: 13020, title: 'Project exists but it is deleted' }] },
  })
})

it('the search example finds by substring: a project without "Test" in its name is not in the answer', async ({
  folder,
}) => {
  const curl = await prepare(folder)
  const other = examples.create.replace('Test project 001', 'Website')
  expect(await curl(other)).toMatchObject({ status: '201', body: { ID: 1, projectName: 'Website' } })
  expect(await curl(examples.create)).toMatchObject({ status: '201', body: { ID: 2 } })
  const { status, body } = await curl(examples.search)
  expect({ status, ids: body.map((project: any) => project.ID) }).toEqual({ status: '200', ids: [2] })
})

it('401: every example with its tokens left as the page has them', async ({ folder }) => {
  const { port } = await startServer(folder)
  for (const example of Object.values(examples)) {
    const pasted = example.replace(
      'https://testaccount.timetrackenterprise.com',
      `http://testaccount.localhost:${port}`,
    )
    const [body, status, ...more] = await paste(folder, pasted)
    expect({ status, more, code: JSON.parse(body!).errors[0].code }).toEqual({
      status: '401',
      more: [],
      code: 11001,
    })
  }
})
