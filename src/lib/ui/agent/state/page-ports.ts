/** This browser and the backend, as a till's page needs them. The store is opened when it is first asked. */
import { enrol } from '#lib/browser/api/agent.ts';
import { device } from '#lib/browser/device/device.ts';
import { keepAudience } from '#lib/browser/device/keep-audience.ts';
import { keeping } from '#lib/browser/device/keeping.ts';
import { HOST_TIMER } from '#lib/browser/host-timer.ts';
import { readTill } from '#lib/browser/store/agent-outbox.ts';
import { openAgentStore, type AgentStore } from '#lib/browser/store/agent.ts';
import { probe } from '#lib/browser/sync/connection.ts';
import { leaveWord } from '#lib/browser/sync/leave-word.ts';
import { exportUnsent, openTillDesk } from '#lib/browser/sync/open-till-desk.ts';
import { watchPage } from '#lib/browser/sync/page-hints.ts';
import { TILL_SYNC_TAG } from '#lib/browser/sync/sync-tag.ts';
import { enrolTill } from '#lib/browser/sync/till-enrol.ts';
import { readTillHere } from '#lib/browser/sync/till-here.ts';
import {
	choosePin,
	noteSignedIn,
	readOperators,
	signInAtTill,
} from '#lib/browser/sync/till-people.ts';
import type { TillDeskPorts } from '#lib/browser/sync/till-ports.ts';
import { openTabChannel } from '#lib/browser/vault/lock-together.ts';
import { pageWatch } from '#lib/browser/vault/page-watch.ts';
import { SeenClock } from '#lib/browser/vault/seen-clock.ts';
import { stretchInWorker } from '#lib/browser/vault/stretch-in-worker.ts';
import type { TillPagePorts } from './till.svelte.ts';

const { nowMs, newId, chance } = device;
const clocks = { nowMs, tickMs: () => performance.now() };

let opening: Promise<AgentStore> | undefined;
/** One for the page; a store that did not open is tried again. */
function store(): Promise<AgentStore> {
	return (opening ??= openAgentStore().catch((error: unknown) => {
		opening = undefined;
		throw error;
	}));
}

const deskPorts = (open: AgentStore): TillDeskPorts => ({
	...{ store: open, readHere: readTillHere, clocks, timer: HOST_TIMER, page: pageWatch },
	...{ tabs: openTabChannel(), locks: navigator.locks, stretch: stretchInWorker, probe },
	...{ watch: watchPage, leaveWord: () => leaveWord(TILL_SYNC_TAG), keeping, newId, chance },
	random: (count) => crypto.getRandomValues(new Uint8Array(count)),
});

export const pagePorts: TillPagePorts = {
	readTill: async () => readTill(await store()),
	readOperators: async () => readOperators(await store()),
	enrol: async (code) => enrolTill({ store: await store(), api: { enrol }, newId, nowMs }, code),
	async signIn(login, password) {
		const open = await store();
		const here = await readTillHere(open, nowMs);
		if (!here) return { kind: 'refused', because: 'not-enrolled' };
		return await signInAtTill({ store: open, api: here.api }, login, password);
	},
	async choosePin(person, pin) {
		const open = await store();
		const clock = await SeenClock.open(open, clocks);
		return await choosePin(
			{ store: open, clock, stretch: stretchInWorker, newId, nowMs },
			person,
			pin,
		);
	},
	openDesk: async (operator, tell, vault) =>
		openTillDesk(deskPorts(await store()), operator, tell, vault && { vault }),
	noteSignedIn: async ({ operatorId }) => noteSignedIn(await store(), operatorId, nowMs()),
	exportUnsent: async () => exportUnsent(await store(), nowMs()),
	keepScreens: () => keepAudience('agent'),
};
