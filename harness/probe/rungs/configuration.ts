import { holds, type Step } from '../footing.ts';

/** The settings have been read and found usable before any run exists; this rung shows what they came to. */
export const configuration: Step = {
  rung: 'configuration',
  async take({ rig }) {
    const { environment, profile, auth, wsUrl, tokenCarrier, testHeaders, tlsUnverified } = rig.settings;
    const facts = { environment, profile, authMode: auth.mode, tokenCarrier, testHeaders, tlsUnverified };
    return holds(`${environment}: ${wsUrl.origin}${wsUrl.pathname}, ${profile}, ${auth.mode}`, facts);
  },
};
