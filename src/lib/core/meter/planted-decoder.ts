/** What planted faults make of the decoder: settings it should not have, verdicts it should not give. */
import type { Decoder } from '../sts/decoder/decoder.ts';
import type { SectionToken } from '../sts/decoder/key-change-sections.ts';
import type { Admission } from '../sts/decoder/take-token.ts';
import type { TokenRefusal } from '../sts/decoder/token-result.ts';
import type { GatheredSections } from '../sts/key-change.ts';
import { controlOfTest } from '../sts/meter-test.ts';
import type { DefinedToken } from '../sts/subclasses.ts';
import { hasPlant, type PlantName } from './plants.ts';
import type { VirtualMeter } from './virtual-meter.ts';

/** The decoder as the meter uses it: its own, unless a fault changes a setting. */
export function workingDecoder(meter: VirtualMeter): Decoder {
	const { decoder } = meter;
	const settings = {
		...decoder.settings,
		...(hasPlant(meter, 'ignores-key-expiry') && { checksKeyExpiry: false }),
		...(hasPlant(meter, 'never-locks-out') && { lockout: null }),
		...(hasPlant(meter, 'key-change-never-times-out') && {
			keyChangeTimeoutMs: Number.MAX_SAFE_INTEGER,
		}),
	};
	return { ...decoder, settings };
}

/** A token that does nothing but be accepted. */
const HARMLESS: DefinedToken = {
	kind: 'meter-test',
	classNumber: 1,
	subclass: 0,
	fields: { control: controlOfTest(2, 0), mfrCode: 0 },
};

/** Refusals that a fault passes over. */
const PASSED_OVER: Readonly<Partial<Record<TokenRefusal, PlantName>>> = {
	UsedError: 'takes-a-used-token',
	OldError: 'takes-an-old-token',
	CRCError: 'takes-another-meters-token',
};

/** What the meter makes of the decoder's admission. */
export function workingAdmission(meter: VirtualMeter, admission: Admission): Admission {
	if (admission.admitted) return admission;
	const { result, token } = admission;
	const plant = PASSED_OVER[result];
	if (!plant || !hasPlant(meter, plant)) return admission;
	if (!token) return { admitted: true, token: HARMLESS };
	return token.kind === 'not-defined' ? admission : { admitted: true, token };
}

const ORDER = ['first', 'second', 'third', 'fourth'] as const;

const placesOf = ({ first, second, thirdOf64, thirdOf128, fourthOf128 }: GatheredSections) => [
	first,
	second,
	thirdOf64 ?? thirdOf128,
	fourthOf128,
];

/** Whether a fault refuses a section because one before it has not come. */
export function refusesOrder(meter: VirtualMeter, token: SectionToken): boolean {
	if (!hasPlant(meter, 'key-change-needs-order')) return false;
	const came = placesOf(meter.decoder.keyChange?.sections ?? {});
	const place = ORDER.findIndex((name) => token.kind.startsWith(name));
	return came.slice(0, place).some((section) => section === undefined);
}
