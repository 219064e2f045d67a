/** The agent's catalogue: the agent's screens and papers load it, nobody else's do. */
import { agentPaper } from './en/agent-paper.ts';
import type { Widen } from './widen.ts';

export const agentEn = { paper: agentPaper };

/** The agent's catalogue in any language. */
export type AgentWords = Widen<typeof agentEn>;
