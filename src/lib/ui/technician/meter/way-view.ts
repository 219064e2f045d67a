/** A way to a meter as one line of a list. */
import { words } from '#lib/ui/technician/words.ts';
import type { IconName } from '#lib/ui/view/icon-paths.ts';
import { groupMeterNumber } from '#lib/ui/view/meter-number.ts';
import { numberText } from '#lib/ui/technician/glance/reading-text.ts';
import type { MeterWay } from '#lib/ui/probe/way.ts';

export interface WayView {
	readonly name: string;
	readonly detail: string;
	readonly icon: IconName;
}

const ICONS: Record<MeterWay['port']['label']['kind'], IconName> = {
	serial: 'probe',
	usb: 'plug',
	bridge: 'online',
	virtual: 'meter',
};

export function wayView(way: MeterWay): WayView {
	const { connect } = words.technicianMeter;
	const { label } = way.port;
	const details = [
		way.drn === undefined ? connect.kinds[label.kind] : connect.virtualDetail,
		way.alike > 1 ? connect.alike(numberText(way.alike)) : '',
		way.isLast ? connect.usedLast : '',
		way.tried && way.tried !== 'hardware' ? connect.untried : '',
	];
	return {
		name: way.drn === undefined ? label.name : connect.virtual(groupMeterNumber(way.drn)),
		detail: details.filter((each) => each !== '').join(' · '),
		icon: ICONS[label.kind],
	};
}
