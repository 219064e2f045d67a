/** The agent's catalogue. */
import { agentEn, type AgentWords } from '#lib/core/words/agent.ts';

export const words: AgentWords = agentEn;
