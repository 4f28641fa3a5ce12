import { z } from 'zod';
import { verdictSchema } from '../../harness/report/document-schema.ts';
import { HEADER, OBSERVATION } from '../../harness/timeline/schema.ts';

/** The JSON Schemas of the package by file name, each generated from the zod schema that the code uses. */
export function schemas(): { readonly [file: string]: string } {
  return {
    'verdict.schema.json': schemaText('verdict', 'the verdict of one command, as --json prints it', verdictSchema),
    'timeline.schema.json': schemaText(
      'timeline',
      'one line of a stored timeline: the header first, then one observation per line',
      z.union([HEADER, OBSERVATION]),
    ),
  };
}

function schemaText(name: string, description: string, schema: z.ZodType): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12' });
  const id = `urn:agent-event-harness:${name}:1`;
  return `${JSON.stringify({ $schema, $id: id, title: `agent-event-harness/${name}@1`, description, ...rest }, null, 2)}\n`;
}
