import type { Profile } from '../profile.ts';
import { agentOverHttp } from './agent-over-http.ts';
import { carriage } from './carriage.ts';
import { decode } from './decode.ts';
import { FIELDS } from './fields.ts';
import { recovery } from './recovery.ts';
import { reply } from './reply.ts';
import { DEFAULT_REQUEST_TYPE, request } from './request.ts';

/** The protocol of the first target, in every dialect that its servers and clients are known to speak. */
export const netra: Profile = {
  name: 'netra',
  socketPath: '/ws',
  health: { backend: '/health/ready', auth: '/health', socket: '/ws/health', config: '/ws/config' },
  carriage,
  decode,
  reply,
  request,
  applicationPing: (atIso) => JSON.stringify({ type: 'ping', timestamp: atIso }),
  recovery,
  agentOverHttp,
  fields: FIELDS,
  // A known server answers any prompt with the word "test" in it from a mock.
  defaultPrompt:
    'Use your data tools to look up what we spent on AI models last month, then name the three biggest savings.',
  defaultRequestType: DEFAULT_REQUEST_TYPE,
  stamps: true,
};
