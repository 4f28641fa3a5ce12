/** How long a pong is waited for where something depends on it; endpoints answer within a round trip. */
export const PONG_MS = 2000;
