/** The agent's catalogue: the agent's screens and papers load it, nobody else's do. */
import { agent } from './en/agent.ts';
import { agentDesk } from './en/agent-desk.ts';
import { agentDevice } from './en/agent-device.ts';
import { agentMend } from './en/agent-mend.ts';
import { agentPaper } from './en/agent-paper.ts';
import { agentSales } from './en/agent-sales.ts';
import { agentSell } from './en/agent-sell.ts';
import { agentShift } from './en/agent-shift.ts';
import { agentVault } from './en/agent-vault.ts';
import { pin } from './en/pin.ts';
import { signIn } from './en/sign-in.ts';
import type { Widen } from './widen.ts';

export const agentEn = {
	agent,
	desk: agentDesk,
	device: agentDevice,
	mend: agentMend,
	paper: agentPaper,
	pin,
	sales: agentSales,
	sell: agentSell,
	shift: agentShift,
	signIn,
	vault: agentVault,
};

/** The agent's catalogue in any language. */
export type AgentWords = Widen<typeof agentEn>;
