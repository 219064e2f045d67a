/** Whether this device is an agent's, asked without loading anything of the agent's. */
import Dexie from 'dexie';

export const AGENT_DATABASE = 'tokenline-agent';

/** Whether this device keeps an agent's store: asking makes none. @throws what the browser's database throws */
export function hasAgentStore(name = AGENT_DATABASE): Promise<boolean> {
	return Dexie.exists(name);
}
