/** The agent's papers in the language of this page. */
import type { PaperWords } from '#lib/core/paper/paper-words.ts';
import { agentEn, type AgentWords } from '#lib/core/words/agent.ts';
import { language, words } from '#lib/ui/state/language.ts';

export const printWords: AgentWords['paper'] = agentEn.paper;

export const writing: PaperWords = { words, own: printWords, language };
