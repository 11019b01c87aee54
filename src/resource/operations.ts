import type { Static, TObject } from 'typebox'
import { capitalized, withArticle } from '../domain/noun.ts'
import { answerList } from '../http/list.ts'
import { fieldNames, listOf } from '../http/list-schema.ts'
import { changeOperation, type Operation, readOperation } from '../http/operation.ts'
import { requestErrors } from '../http/request-errors.ts'
import type { Resource } from '../http/resource.ts'
import { answerCreated, answerObject } from './answers.ts'
import { batchOperation, namedBatchOperation } from './batch.ts'
import { historyOperation } from './history.ts'
import { changesOf, type Kind, type NamedKind, namedChangesOf } from './kind.ts'

/** A resource with the operations that every kind of object has. */
export function objectResource<C extends TObject, U extends TObject>(kind: Kind<C, U>): Resource {
  return resourceOf(kind, [
    ...readsOf(kind),
    createOf(kind),
    updateOf(kind, [kind.errors.nameTaken]),
    ...trashOf(kind),
    batchOperation(kind),
    historyOperation(kind),
  ])
}

/** A resource of objects identified by name. Operations of their own rename, enable and disable them. */
export function namedResource<C extends TObject, U extends TObject>(kind: NamedKind<C, U>): Resource {
  const update = {
    summary: 'Change the fields that are sent, but not the name nor whether it is enabled',
    description:
      'Those two have operations of their own; sent here they are ignored, and refused under `handling=strict`.',
    ...kind.special?.update,
  }
  return resourceOf(kind, [
    ...readsOf(kind),
    createOf(kind),
    updateOf({ ...kind, special: { ...kind.special, update } }, []),
    renameOf(kind),
    enablingOf(kind, 'enable', true),
    enablingOf(kind, 'disable', false),
    ...trashOf(kind),
    namedBatchOperation(kind),
    historyOperation(kind),
  ])
}

const tagOf = ({ noun }: Pick<Kind, 'noun'>) => capitalized(noun.many)

function resourceOf<C extends TObject, U extends TObject>(
  { noun, description, errors, schemas, identity, store }: Kind<C, U>,
  operations: readonly Operation[],
): Resource {
  return {
    tag: { name: tagOf({ noun }), description },
    errors: { ...errors },
    operations,
    objects: { entity: store.entity, noun, schemas, identity },
  }
}

/** What the operations of a kind have in common. */
function partsOf<C extends TObject, U extends TObject>({ noun, schemas, store }: Kind<C, U>) {
  return {
    title: capitalized(noun.one),
    collection: `/${noun.many}` as const,
    object: `/${noun.many}/{id}` as const,
    tag: tagOf({ noun }),
    unknown: () => store.refusals.unknown(),
    success: (description: string) => ({ status: 200, schema: schemas.object, description }),
  }
}

function readsOf<C extends TObject, U extends TObject>(kind: Kind<C, U>): Operation[] {
  const { noun, schemas, errors, store, special = {} } = kind
  const { title, collection, object, tag, unknown, success } = partsOf(kind)
  const list = { ...kind.list, entity: store.entity, fields: fieldNames(schemas.object) }
  return [
    readOperation({
      id: `list${capitalized(noun.many)}`,
      method: 'GET',
      path: collection,
      tag,
      summary: `List ${noun.many}, or search them by part of their name`,
      documentedRead: true,
      query: kind.filter,
      success: { status: 200, schema: listOf(schemas.object), description: `A page of ${noun.many}.` },
      ...special.list,
      errors: [requestErrors.cursorInvalid],
      read: (scope, input) => answerList(scope, input, list),
    }),
    readOperation({
      id: `get${title}`,
      method: 'GET',
      path: object,
      tag,
      summary: `Get ${withArticle(noun)}`,
      documentedRead: true,
      unknown,
      success: success(`The ${noun.one}.`),
      errors: [errors.notFound, errors.deleted],
      read: async (reader, { id }) => answerObject(await store.get(reader, id)),
    }),
  ]
}

function createOf<C extends TObject, U extends TObject>(kind: Kind<C, U>): Operation {
  const { noun, schemas, errors, special = {} } = kind
  const { title, collection, tag, success } = partsOf(kind)
  const { create } = changesOf(kind)
  return changeOperation({
    id: `create${title}`,
    method: 'POST',
    path: collection,
    tag,
    summary: `Create ${withArticle(noun)}`,
    body: schemas.create,
    success: { ...success(`The new ${noun.one}.`), status: 201 },
    ...special.create,
    errors: [errors.nameTaken, ...(special.create?.errors ?? [])],
    change: async (tx, { body, path }) => answerCreated(await create(tx, body as Static<C>), path),
  })
}

function updateOf<C extends TObject, U extends TObject>(
  kind: Kind<C, U>,
  refusedBy: readonly (typeof kind.errors.nameTaken)[],
): Operation {
  const { schemas, errors, special = {} } = kind
  const { title, object, tag, unknown, success } = partsOf(kind)
  const { update } = changesOf(kind)
  return changeOperation({
    id: `update${title}`,
    method: 'PUT',
    path: object,
    tag,
    summary: 'Change the fields that are sent',
    unknown,
    body: schemas.update,
    success: success(`The whole ${kind.noun.one} as it is now, also where nothing changed.`),
    ...special.update,
    errors: [
      errors.notFound,
      errors.deleted,
      ...refusedBy,
      ...(special.update?.errors ?? []),
      requestErrors.idMismatch,
    ],
    change: async (tx, { id, body, ifMatch }) =>
      answerObject(await update(tx, id, body as Static<U>, ifMatch)),
  })
}

function renameOf<C extends TObject, U extends TObject>(kind: NamedKind<C, U>): Operation {
  const { noun, schemas, errors, special = {} } = kind
  const { title, object, tag, unknown, success } = partsOf(kind)
  const { rename } = namedChangesOf(kind)
  return changeOperation({
    id: `rename${title}`,
    method: 'POST',
    path: `${object}/rename`,
    tag,
    summary: `Rename ${withArticle(noun)}`,
    unknown,
    body: schemas.rename,
    success: success(`The ${noun.one} under its new name.`),
    ...special.rename,
    errors: [errors.notFound, errors.deleted, errors.nameTaken],
    change: async (tx, { id, body, ifMatch }) =>
      answerObject(await rename(tx, id, (body as { name: string }).name, ifMatch)),
  })
}

function enablingOf<C extends TObject, U extends TObject>(
  kind: NamedKind<C, U>,
  verb: 'enable' | 'disable',
  enabled: boolean,
): Operation {
  const { noun, errors } = kind
  const { title, object, tag, unknown, success } = partsOf(kind)
  const { setEnabled } = namedChangesOf(kind)
  return changeOperation({
    id: verb + title,
    method: 'POST',
    path: `${object}/${verb}`,
    tag,
    summary: `${capitalized(verb)} ${withArticle(noun)}`,
    unknown,
    success: success(`The ${noun.one}, also where it was ${verb}d already.`),
    errors: [errors.notFound, errors.deleted],
    change: async (tx, { id, ifMatch }) => answerObject(await setEnabled(tx, id, enabled, ifMatch)),
  })
}

function trashOf<C extends TObject, U extends TObject>(kind: Kind<C, U>): Operation[] {
  const { noun, errors, special = {} } = kind
  const { title, object, tag, unknown, success } = partsOf(kind)
  const changes = changesOf(kind)
  return [
    changeOperation({
      id: `delete${title}`,
      method: 'DELETE',
      path: object,
      tag,
      summary: `Put ${withArticle(noun)} into the trash`,
      description: 'Nothing is erased: its name is free again, its id is not, and it can be restored.',
      unknown,
      success: success(`The deleted ${noun.one}.`),
      ...special.delete,
      errors: [errors.notFound, errors.deleted, ...(special.delete?.errors ?? [])],
      change: async (tx, { id, ifMatch }) => answerObject(await changes.delete(tx, id, ifMatch)),
    }),
    changeOperation({
      id: `restore${title}`,
      method: 'POST',
      path: `${object}/restore`,
      tag,
      summary: `Take ${withArticle(noun)} out of the trash`,
      unknown,
      success: success(`The ${noun.one}, also where it was not deleted.`),
      ...special.restore,
      errors: [errors.notFound, errors.nameTaken, ...(special.restore?.errors ?? [])],
      change: async (tx, { id, ifMatch }) => answerObject(await changes.restore(tx, id, ifMatch)),
    }),
  ]
}
