import { CAUSES } from '../diagnosis/causes.ts';
import { causesCharged, explainCause } from '../diagnosis/explain.ts';
import { ALL_RULES } from '../judge/catalogue.ts';
import { near } from '../kernel/nearest.ts';
import { causeText, faultText, incidentText, ruleText } from '../report/explain-text.ts';
import { local } from './local.ts';
import { refuse } from './refuse.ts';

/** `explain`: a cause, a rule, a fault or an incident in words (or as JSON); without a code it names them all. */
export async function explain(code: string | null, flags: { readonly json?: boolean }): Promise<number> {
  const faults = local.faults();
  const print = (value: unknown, text: string): number => {
    process.stdout.write(flags.json ? `${JSON.stringify(value, null, 2)}\n` : text);
    return 0;
  };
  const names = {
    causes: Object.keys(CAUSES),
    rules: ALL_RULES.map((rule) => rule.id),
    faults: faults.map((fault) => fault.name),
    incidents: Object.keys(local.incidents),
  };
  if (code === null)
    return print(
      names,
      Object.entries(names)
        .map(([kind, list]) => `${kind}:\n${list.map((name) => `  ${name}\n`).join('')}`)
        .join('\n'),
    );
  const cause = explainCause(code);
  if (cause !== null) {
    const text = causeText(code, cause, faults);
    return print(
      {
        ...cause,
        faults: faults
          .filter(({ variants }) => variants.some(({ verdict }) => verdict.cause === code))
          .map(({ name }) => name),
      },
      text,
    );
  }
  const rule = ALL_RULES.find((one) => one.id === code);
  if (rule !== undefined) {
    const { id, statement, because } = rule;
    const causes = causesCharged(id);
    return print({ id, statement, because, causes }, ruleText(rule, faults, causes));
  }
  const fault = faults.find((one) => one.name === code);
  if (fault !== undefined) return print(fault, faultText(fault));
  const incident = Object.entries(local.incidents).find(([id]) => id === code);
  if (incident !== undefined) {
    const [id, sentence] = incident;
    const provokers = faults.filter(({ incidents }) => incidents.some((one) => one === id)).map(({ name }) => name);
    return print({ id, sentence, faults: provokers }, incidentText(id, sentence, faults));
  }
  const meant = near(code, Object.values(names).flat());
  const nearby = meant === null ? '' : `the nearest is ${meant}; `;
  return refuse('usage', [{ message: `nothing is called ${code}`, hint: `${nearby}agent-events explain names all` }], {
    color: false,
    ...(flags.json ? { json: true } : {}),
  });
}
