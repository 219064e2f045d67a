/**
 * A virtual meter made for one run of the bench, in memory: new, with a key of its own by chance, and a clock
 * that goes on by what a case waits for. Nothing of it is kept.
 */
import { formatHex, parseHex } from '#lib/core/bytes/hex.ts';
import type { MeterProfile } from '#lib/core/dlms/profile/meter-profile.ts';
import { WrapperLink } from '#lib/core/dlms/wrapper/link.ts';
import type { BenchTarget } from '#lib/core/field/gateway-bench/bench.ts';
import { TEST_KEY_SETS } from '#lib/core/meter/cosem/client-setups.ts';
import { createCosemMeter } from '#lib/core/meter/cosem/cosem-meter.ts';
import { systemTitleOf } from '#lib/core/meter/cosem/identity-objects.ts';
import type { PlantName } from '#lib/core/meter/plants.ts';
import { createVirtualMeter, tamper } from '#lib/core/meter/virtual-meter.ts';
import { ENCRYPTION_ALGORITHMS, type Ea } from '#lib/core/sts/algorithms.ts';
import type { BenchWay } from './bench-connector.ts';
import type { Line } from './line.ts';
import { memoryTransports } from './memory-transport.ts';
import { answerOn } from './meter-responder.ts';
import type { Timer, Transport } from './transport.ts';
import { VirtualMeterDevice } from './virtual-meter-device.ts';

/** A number of a maker that there is not. */
const DRN = '00000000018';
const CREDIT_WH = 5000;
/** Made the day before, so that tokens of today are fresh. */
const AGE_MS = 86_400_000;
const CLIENT_TITLE = '434c490000000001';

export interface MadeMeter {
	readonly way: BenchWay;
	readonly target: BenchTarget;
	/** A hand at the meter: opens its cover. */
	readonly hand: () => Promise<boolean>;
	/** Moves the meter's clock on. */
	readonly passTime: (ms: number) => void;
}

/** Makes one. `profile` is the virtual meter's own. */
export function makeBenchMeter(
	{ ea, plants }: { readonly ea: Ea; readonly plants: readonly PlantName[] },
	profile: MeterProfile,
	host: { readonly timer: Timer; readonly random: (octets: number) => Uint8Array },
): MadeMeter {
	const { timer, random } = host;
	const nowMs = timer.nowMs();
	const decoderKeyHex = formatHex(random(ENCRYPTION_ALGORITHMS[ea].keyOctets));
	const testKey = { ea, sgc: '000000', krn: 1, ti: 1, kt: 2, ken: 255, baseDate: 2014 } as const;
	const meter = createVirtualMeter({
		...{ ...testKey, drn: DRN, decoderKeyHex, plants, creditWh: CREDIT_WH },
		manufacturedMs: nowMs - AGE_MS,
	});
	let aheadMs = 0;
	const clock = { nowMs: () => timer.nowMs() + aheadMs, random };
	const device = new VirtualMeterDevice(
		{ meter: createCosemMeter(meter, nowMs - AGE_MS), counters: {} },
		clock,
	);
	const open = (): Promise<Line> => {
		const [ours, theirs] = memoryTransports();
		void answerOn(theirs, device.endpoint(new WrapperLink({ role: 'meter' })), timer);
		return Promise.resolve(streamLine(ours));
	};
	const [keys] = TEST_KEY_SETS;
	if (!keys) throw new TypeError('there are no test keys');
	const counters = new Map<string, number>();
	return {
		way: {
			port: { label: { kind: 'virtual', name: `Virtual meter ${DRN}` }, medium: 'stream', open },
			profile,
			secrets: {
				keys: {
					unicast: parseHex(keys.unicastHex),
					authentication: parseHex(keys.authenticationHex),
				},
			},
			client: { systemTitle: parseHex(CLIENT_TITLE), sendSpace: 'bench' },
			host: {
				...{ timer, random },
				counters: {
					port: {
						read: (space) => counters.get(space) ?? 0,
						write: (space, value) => void counters.set(space, value),
					},
					safe: () => Promise.resolve(),
				},
			},
		},
		target: {
			...{ drn: DRN, profile, nowMs, testKey: { ...testKey, decoderKeyHex } },
			expectedTitle: formatHex(systemTitleOf({ drn: DRN, plants: [] })),
			claims: { lockout: true, keyExpiry: true },
		},
		hand: () => {
			device.changeMeter((value, atMs) => tamper(value, atMs));
			return Promise.resolve(true);
		},
		passTime: (ms) => {
			aheadMs += ms;
		},
	};
}

/** A stream has no rate to set. */
const streamLine = (stream: Transport): Line => ({
	receive: () => stream.receive(),
	send: (octets) => stream.send(octets),
	close: () => stream.close(),
	configure: () => Promise.resolve(),
});
