/** What runs inside the page: the app's own virtual port, with its real worker and the browser's own store. */
import virtual from '#lib/core/dlms/profile/virtual.json';
import { HOST_TIMER } from '#lib/browser/host-timer.ts';
import { TokenlineStore } from '#lib/browser/store/store.ts';
import {
	changeCosemMeter,
	installVirtualMeter,
	readVirtualMeter,
} from '#lib/browser/store/virtual-meters.ts';
import { virtualPort } from '#lib/browser/worker/virtual-port.ts';
import { parseHex } from '#lib/core/bytes/hex.ts';
import { asciiOctets, octetString } from '#lib/core/dlms/axdr/build.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { parseMeterProfile } from '#lib/core/dlms/profile/meter-profile.ts';
import { TEST_KEY_SETS } from '#lib/core/meter/cosem/client-setups.ts';
import { enterOnKeypad } from '#lib/core/meter/cosem/token-entry.ts';
import type { VirtualMeterProvision } from '#lib/core/sync/wire.ts';
import { connect } from '#lib/link/connect.ts';
import type { Connected } from '#lib/link/connect-order.ts';
import { sevenE1 } from '#lib/link/line.ts';
import { LinkFault } from '#lib/link/link-fault.ts';

const store = new TokenlineStore();
let session: Connected | undefined;
let counter = 0;

function profile() {
	const parsed = parseMeterProfile(virtual);
	if ('faults' in parsed) throw new Error('no profile');
	return parsed;
}

const current = (): Connected => {
	if (!session) throw new Error('not connected');
	return session;
};

const portBench = {
	install: (papers: VirtualMeterProvision) => installVirtualMeter(store, papers, Date.now()),
	/** `mode-e` at 9600, or why not. */
	connect: async (drn: string): Promise<string> => {
		const [keys] = TEST_KEY_SETS;
		if (!keys) throw new Error('no keys');
		const { unicastHex, authenticationHex } = keys;
		const outcome = await connect({
			port: virtualPort(drn),
			profile: profile(),
			opening: 'mode-e',
			secrets: {
				keys: { unicast: parseHex(unicastHex), authentication: parseHex(authenticationHex) },
			},
			client: { systemTitle: parseHex('434c490000000001'), sendSpace: 'key-1' },
			keepAlive: 'none',
			host: {
				timer: HOST_TIMER,
				random: (octets) => crypto.getRandomValues(new Uint8Array(octets)),
				counters: {
					port: {
						read: () => counter,
						write: (_, value) => {
							counter = value;
						},
					},
					safe: () => Promise.resolve(),
				},
			},
		});
		if (outcome.kind === 'failed') return JSON.stringify(outcome);
		session = outcome;
		return `${outcome.identity.serialNumber} ${outcome.identity.opening} ${outcome.identity.baud}`;
	},
	/** The kind of fault of opening the port once more. */
	openFault: async (drn: string): Promise<string> => {
		try {
			await (await virtualPort(drn).open(sevenE1(300))).close();
			return 'open';
		} catch (error) {
			return error instanceof LinkFault ? error.kind : String(error);
		}
	},
	enter: async (digits: string): Promise<string> =>
		(
			await current().conversation.ask({
				kind: 'action',
				target: { classId: 115, logicalName: obis('0.0.19.40.0'), method: 1 },
				parameter: octetString(asciiOctets(digits)),
			})
		).kind,
	keyIn: (drn: string, digits: string) =>
		changeCosemMeter(store, drn, Date.now(), (cosem, clockMs) => {
			const { value, outcome } = enterOnKeypad(cosem, digits, clockMs);
			return { meter: value, answer: outcome.result };
		}),
	/** What the store has. */
	kept: async (drn: string) => {
		const here = await readVirtualMeter(store, drn);
		if (here.kind !== 'standing') return here.kind;
		const { cosem, counters } = here.standing;
		return {
			credited: cosem.meter.supply.totalCreditedWh,
			last: cosem.meter.lastResult,
			counters: Object.keys(counters).length,
		};
	},
	end: () => current().conversation.end(),
};

export type PortBench = typeof portBench;
Object.assign(globalThis, { portBench });
