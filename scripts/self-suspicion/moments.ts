/** Every moment at which the stop sweep stops the harness: from its start to the last closing. */
export const MOMENTS: readonly string[] = [
  ...[20, 80, 150, 220, 300].map((ms) => `start ${ms}`),
  ...['configuration', 'tcp', 'health', 'credentials', 'upgrade'].map((rung) => `progress ${rung}`),
  ...Array.from({ length: 11 }, (_, at) => `accept ${at + 1}`),
  ...['GET /health/ready 1', 'GET /health 1', 'GET /ws/health 1'],
  ...[1, 2, 3].map((count) => `POST /auth/e2e/test-auth ${count}`),
  ...[1, 2, 3, 4].flatMap((count) => [`upgrade ${count}`, `welcome ${count}`]),
  ...[1, 2, 3].flatMap((count) => [
    `asked ${count}`,
    `pinged ${count}`,
    ...['agent_started', 'agent_thinking', 'tool_executing', 'tool_completed', 'agent_completed'].map(
      (type) => `${type} ${count}`,
    ),
  ]),
  ...['pinged 4', 'pinged 5', 'pinged 6', 'closed 1', 'closed 2', 'closed 3'],
];

/** What the run says of itself, where no target outside tells when to stop it: the words of its progress, from the first rung to the last event. */
export const PROGRESS: readonly string[] = [
  ...[20, 120, 250].map((ms) => `start ${ms}`),
  ...['configuration', 'dns', 'tcp', 'tls', 'health', 'credentials', 'upgrade', 'welcome', 'connect'].map(
    (rung) => `progress ${rung}`,
  ),
  ...['agent_started', 'agent_thinking', 'tool_executing', 'tool_completed', 'agent_completed', 'bob', 'carol'].map(
    (what) => `progress ${what}`,
  ),
];
