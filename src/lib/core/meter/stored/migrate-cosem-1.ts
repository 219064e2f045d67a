/**
 * The DLMS side of a meter of layout 1 as one of layout 2: the clock is the meter's own now, and a remote
 * disconnection is a state of the relay rather than a load taken off. Pure, and of any value: what is wrong
 * in the old row is still wrong in the new one, and refused there.
 */
import { USUAL_GATEWAY } from '../cosem/gateway.ts';
import { NO_TRANSFER } from '../cosem/image-transfer.ts';
import { type Fields, isFields, migrateMeter1 } from './migrate-1.ts';

/** The meter in it: its clock, and its load back behind an open relay. */
function meterOf({ meter, clockOffsetMs, disconnectedLoadW }: Fields): unknown {
	if (!isFields(meter)) return meter;
	const current = meter['version'] === 1 ? migrateMeter1(meter) : meter;
	if (!isFields(current) || !isFields(current['supply'])) return current;
	const isOff = disconnectedLoadW !== null;
	const supply = {
		...current['supply'],
		...(isOff && { loadW: disconnectedLoadW, control: 'disconnected' }),
	};
	return { ...current, clockOffsetMs, supply };
}

const entryOf = (entry: unknown): unknown =>
	isFields(entry) ? { ...entry, delivery: 'remote' } : entry;

/** Fields that the meter itself has now. */
const MOVED = ['clockOffsetMs', 'disconnectedLoadW'];

/** Layout 1 as layout 2. */
export function migrateCosem1(old: Fields): unknown {
	const { cosem } = old;
	if (!isFields(cosem)) return { ...old, version: 2 };
	const kept = Object.entries(cosem).filter(([name]) => !MOVED.includes(name));
	const { entries } = cosem;
	return {
		...old,
		version: 2,
		cosem: {
			...Object.fromEntries(kept),
			meter: meterOf(cosem),
			entries: Array.isArray(entries) ? entries.map(entryOf) : entries,
			gateway: { settings: USUAL_GATEWAY, pending: null },
			image: NO_TRANSFER,
			restarts: 0,
		},
	};
}
