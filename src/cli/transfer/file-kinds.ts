import { resources } from '../../app.ts'
import { FileKind } from '../../transfer/file-kind.ts'

/** The kind of object that is named as in paths, such as `projects`. */
export function fileKindOf(many: string): FileKind {
  const kind = resources.find(({ objects }) => objects?.noun.many === many)?.objects
  if (!kind) throw new Error(`no resource has objects that are called ${many}`)
  return new FileKind(kind)
}
