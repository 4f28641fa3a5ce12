import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'dotenv';
import type { Variable } from './variables.ts';

/** A variable's value, and the variable's or the file's name that supplied it. */
export type Found = { readonly value: string; readonly source: string };

/** The real environment above the `.env` files, highest precedence first. */
export type Layers = {
  /** The value that is not empty, of the highest layer that has one. */
  readonly said: (name: Variable) => Found | null;
  /** The value of the highest layer that sets it at all: a secret that is set and empty hides one further down. */
  readonly set: (name: Variable) => Found | null;
  /** Every name that any layer sets. */
  readonly names: readonly string[];
  /** The files that exist, highest precedence first. */
  readonly files: readonly string[];
  /** A file that was asked for and cannot be read. */
  readonly unreadable: string | null;
};

type Values = { readonly [name: string]: string | undefined };

/** The layers of an environment: real > `--env-file` > `.env.NAME.local` > `.env.NAME` > `.env.local` > `.env`. Nothing is written back. */
export function layersOf(environment: string, env: Values, cwd: string, envFile: string | null): Layers {
  const wanted = [`.env.${environment}.local`, `.env.${environment}`, '.env.local', '.env'];
  const asked = envFile === null ? [] : [envFile];
  const files = [...new Set([...asked, ...wanted])].flatMap((file) => {
    const values = valuesIn(resolve(cwd, file));
    return values === null ? [] : [{ file, values }];
  });
  const layers: readonly { readonly file: string | null; readonly values: Values }[] = [
    { file: null, values: env },
    ...files,
  ];
  const first = (name: string, counts: (value: string) => boolean): Found | null => {
    for (const { file, values } of layers) {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      if (value !== undefined && counts(value)) return { value, source: file ?? name };
    }
    return null;
  };
  return {
    said: (name) => first(name, (value) => value.trim() !== ''),
    set: (name) => first(name, () => true),
    names: [...new Set(layers.flatMap(({ values }) => Object.keys(values)))],
    files: files.map(({ file }) => file),
    unreadable: envFile !== null && !files.some(({ file }) => file === envFile) ? envFile : null,
  };
}

function valuesIn(path: string): Values | null {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}
