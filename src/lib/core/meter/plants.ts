/**
 * Faults that can be planted into a virtual meter, so that a test bench can show that it finds them. Each
 * departs from the rules in one place; none is there unless somebody planted it, and it stays in the
 * meter's value.
 */
import type { VirtualMeter } from './virtual-meter.ts';

/** Every fault, and the one place where the meter departs. */
export const PLANTS = {
	/** A token is taken though its TID is in the store. */
	'takes-a-used-token': 'decoder',
	/** A token is taken though its TID is older than the store. */
	'takes-an-old-token': 'decoder',
	/** A token whose check fails is answered with success; nothing is credited. */
	'takes-another-meters-token': 'decoder',
	/** TIDs past the expiry of the key are taken. */
	'ignores-key-expiry': 'decoder',
	/** Wrong tokens are counted and never lock. */
	'never-locks-out': 'decoder',
	/** A section of a key change is refused unless all before it have come. */
	'key-change-needs-order': 'key-change',
	/** Sections are kept for good. */
	'key-change-never-times-out': 'key-change',
	/** A rollover leaves the TID store as it was. */
	'rollover-keeps-tokens': 'key-change',
	/** A credit token counts twice. */
	'credits-twice': 'execution',
	/** The token is accepted, the credit stays. */
	'clear-credit-does-nothing': 'execution',
	/** The token is accepted, the limit stays. */
	'power-limit-does-nothing': 'execution',
	/** The token is accepted, the tamper stays. */
	'tamper-stays': 'execution',
	/** The status to be read stays at "validation ok"; what `enter` returns is true. */
	'status-never-final': 'gateway',
	/** The gateway shows token, time and status of the entry before the last. */
	'status-of-earlier-token': 'gateway',
	/** `enter` is carried out though the request came in the clear, whoever sent it. */
	'takes-plain-enter': 'association',
	/** Invocation counters that were used are taken again. */
	'takes-a-replayed-counter': 'association',
	/** Pass 3 of HLS is not checked. */
	'takes-any-proof': 'association',
	/** The meter tells a system title that is another meter's. */
	'another-system-title': 'association',
	/** The consumer's client may look and enters nothing: no fault, many meters are so. */
	'consumer-may-not-enter': 'association',
	/** The object list has two thousand entries. */
	'huge-object-list': 'objects',
	/** The clock shows 2099. */
	'clock-in-2099': 'objects',
	/** The load profile has a million rows. */
	'million-row-profile': 'objects',
	/** What the meter answers to a request is no APDU. */
	'answers-rubbish': 'line',
	/** Of every answer to a request only the first half of the octets goes out. */
	'half-an-answer': 'line',
} as const satisfies Record<string, string>;

/** Name of a fault. */
export type PlantName = keyof typeof PLANTS;

export const PLANT_NAMES = Object.keys(PLANTS) as readonly PlantName[];

/** Whether a meter has a fault. */
export function hasPlant({ plants }: Pick<VirtualMeter, 'plants'>, name: PlantName): boolean {
	return plants.includes(name);
}

/** The meter with exactly these faults. */
export function withPlants(meter: VirtualMeter, names: readonly PlantName[]): VirtualMeter {
	return { ...meter, plants: PLANT_NAMES.filter((name) => names.includes(name)) };
}
