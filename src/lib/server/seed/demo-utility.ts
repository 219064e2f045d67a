/** The demo utility and its supply groups: an invented company in an invented town. */
import type { UtilityRow } from '../database/schema.ts';
import { DEMO_SLOTS, PUBLIC_TEST_SGC, ROLLOVER_TEST_SGC } from '../security-module/demo-slots.ts';

export const DEMO_UTILITY: UtilityRow = {
	id: 'lakeside',
	name: 'Lakeside Power & Light',
	address: 'Demo House, 1 Jetty Road, Mwanzele',
	vat_number: 'P000000000D',
	help_line: '0800 000 000',
	currency_code: 'KES',
	currency_minor_digits: 2,
	time_zone: 'Africa/Nairobi',
	min_tender_minor: 2_000,
	max_tender_minor: 5_000_000,
	host_name: null,
	key_change_policy: 'automatic',
	fbe_counts_in_blocks: 1,
	fbe_by_app: 'owner',
};

export const TOWN_SGC = '400171';
export const HILLS_SGC = '400284';
const SUPPLY_GROUP_NAMES = {
	[TOWN_SGC]: 'Lakeside Town',
	[HILLS_SGC]: 'Lakeside Hills',
	[PUBLIC_TEST_SGC]: 'Public-test estate',
	[ROLLOVER_TEST_SGC]: 'Public-test estate before its rollover',
};

const BLIND_TARIFF = 'domestic-flat';

/** Each with the key revision its meters are to be on: the last that the security module has of it. */
export const DEMO_SUPPLY_GROUPS = Object.entries(SUPPLY_GROUP_NAMES).map(([sgc, name]) => ({
	...{ sgc, name },
	/** A meter sold to from its card alone is a household's. The test estate has no such meters. */
	blindTariffId: sgc === TOWN_SGC || sgc === HILLS_SGC ? BLIND_TARIFF : null,
	currentKrn: Math.max(...DEMO_SLOTS.filter((slot) => slot.sgc === sgc).map(({ krn }) => krn)),
}));
