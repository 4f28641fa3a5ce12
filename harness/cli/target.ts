import { HarnessError } from '../kernel/errors.ts';
import { faultTable } from '../report/fault-table.ts';
import { jsonText } from '../report/json-text.ts';
import { readEnvironment } from '../target/config.ts';
import { local, type TargetOptions } from './local.ts';
import { refuse } from './refuse.ts';

/** The flags of `target`, as typed. */
export type TargetFlags = {
  readonly port?: number;
  readonly fault?: readonly string[];
  readonly dialect?: TargetOptions['dialect'];
  readonly seed?: number;
  readonly pace?: number;
  readonly list?: boolean;
  readonly json?: boolean;
};

const DEFAULT_PORT = 8000;

/** Starts the embedded target and serves until Ctrl-C; or lists the faults and the verdict each must produce. */
export async function target(flags: TargetFlags): Promise<number> {
  if (flags.list) return listed(flags.json === true);
  const { jwtSecret, simulationKey } = readEnvironment();
  try {
    const running = await local.start({
      port: flags.port ?? DEFAULT_PORT,
      faults: flags.fault ?? [],
      ...(flags.dialect === undefined ? {} : { dialect: flags.dialect }),
      ...(flags.seed === undefined ? {} : { seed: flags.seed }),
      ...(flags.pace === undefined ? {} : { pace: flags.pace }),
      ...(jwtSecret === null ? {} : { jwtSecret }),
      ...(simulationKey === null ? {} : { simulationKey }),
    });
    const { wsUrl, httpUrl, authUrl } = running;
    const faults = flags.fault ?? [];
    process.stdout.write(
      flags.json
        ? `${JSON.stringify({ wsUrl, httpUrl, authUrl, faults })}\n`
        : `listening at ${wsUrl}${faults.length === 0 ? '' : `, with ${faults.join(', ')}`}\njudge it:  npx agent-events smoke --url ${wsUrl}\nCtrl-C stops it\n`,
    );
    await interrupted();
    await running.stop();
    return 0;
  } catch (error) {
    if (error instanceof HarnessError)
      return refuse(error.code, [error], { color: false, ...(flags.json ? { json: true } : {}) });
    throw error;
  }
}

function listed(json: boolean): number {
  const faults = local.faults();
  process.stdout.write(json ? jsonText(faults) : faultTable(faults));
  return 0;
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}
