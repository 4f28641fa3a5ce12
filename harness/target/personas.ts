import { localPartOf } from '../timeline/persona-address.ts';

/** Somebody who asks. Its email is fresh for every run, so that no earlier run's messages are replayed to it. */
export type Persona = { readonly name: string; readonly email: string; readonly fullName: string };

/** The persona of that name in the run of that id. */
export function persona(name: string, runId: string): Persona {
  return {
    name,
    email: `${localPartOf(name, runId)}@example.com`,
    fullName: `Agent Events ${name[0]?.toUpperCase() ?? ''}${name.slice(1)}`,
  };
}
