/** An object as it stands in a form. */
export type Fields = Readonly<Record<string, string | boolean>>

/** The fields that differ, in the order of the form. */
export const changedFields = <F extends Fields>(from: F, to: F): readonly (keyof F & string)[] =>
  Object.keys(to).filter((field) => from[field] !== to[field])

/** One sentence for each field that something is wrong with; under the empty name for none of them. */
export type Faults = Readonly<Record<string, string>>
