/** The public-test estate: virtual meters, numbers that begin with 00. All are made with key revision 1. */
import { PUBLIC_TEST_SGC, ROLLOVER_TEST_SGC } from '../security-module/demo-slots.ts';
import {
	customerRow,
	DAY_MS,
	emptyAccount,
	meterRow,
	withCheckDigit,
	type SeededMeter,
} from './demo-meter.ts';
import { tariffPlace } from './demo-tariffs.ts';

interface VirtualMeter {
	readonly serial: string;
	readonly label: string;
	readonly ea: 7 | 11;
	readonly tariff: string;
	readonly sgc: string;
	/** When it was made; absent: a month before the demo begins. */
	readonly sinceMs?: number;
	/** Free basic electricity a month; absent: none. */
	readonly fbeDeciKwh?: number;
}

const VIRTUAL_METERS: readonly VirtualMeter[] = [
	virtual('00000001', 'Kitchen meter, EA07', 7, 'domestic-flat'),
	virtual('00000002', 'Workshop meter, EA11', 11, 'domestic-flat'),
	// A household with free basic electricity, so that a newcomer can fetch some.
	{ ...virtual('00000003', 'House with step tariff, EA07', 7, 'domestic-steps'), fbeDeciKwh: 500 },
	virtual('00000004', 'House with step tariff, EA11', 11, 'domestic-steps'),
	// Its key counts from 1993 and has no token number left: the next sale brings it the new one.
	{
		...virtual('00000005', 'Cottage on its old key, EA07', 7, 'domestic-flat'),
		sgc: ROLLOVER_TEST_SGC,
		sinceMs: Date.UTC(2019, 4, 6),
	},
	// The same, for a technician who brings it the new one.
	{
		...virtual('00000006', 'Barn that waits for its key change, EA07', 7, 'domestic-flat'),
		sgc: ROLLOVER_TEST_SGC,
		sinceMs: Date.UTC(2019, 4, 6),
	},
];

function virtual(serial: string, label: string, ea: 7 | 11, tariff: string): VirtualMeter {
	return { serial, label, ea, tariff, sgc: PUBLIC_TEST_SGC };
}

const AREA = 'Public-test estate';

/** @param month calendar month of the accounts, `2026-11` */
export function virtualMeters(month: string, beginsMs: number): SeededMeter[] {
	return VIRTUAL_METERS.map(({ serial, label, ea, tariff, sgc, sinceMs, fbeDeciKwh }) => {
		const drn = withCheckDigit(`00${serial}`);
		return {
			isVirtual: true,
			customer: customerRow(drn, 'Test Estate', AREA),
			meter: meterRow({
				...{ drn, area: AREA, label, ...tariffPlace(tariff), sgc, krn: 1, ea },
				manufactured_at_ms: sinceMs ?? beginsMs - 30 * DAY_MS,
			}),
			account: { ...emptyAccount(drn, month), fbe_deci_kwh: fbeDeciKwh ?? 0 },
		};
	});
}
