/** In Swahili: see `en/receipt.ts`. */
import type { Words } from '../catalogue.ts';

export const receipt: Words['receipt'] = {
	title: 'Risiti',
	number: 'Namba ya risiti',
	vatNumber: 'Namba ya VAT',
	terminal: 'Imeuzwa na',
	issued: 'Tarehe na saa',
	customer: 'Mteja',
	meter: 'Namba ya mita',
	sgc: 'Kundi la ugavi (SGC)',
	krn: 'Toleo la ufunguo (KRN)',
	ti: 'Namba ya bei (TI)',
	ea: 'Usimbaji (EA)',
	tct: 'Kibeba tokeni (TCT)',
	tariff: 'Bei',
	tender: 'Pesa iliyotolewa',
	change: 'Chenji',
	units: 'Uniti',
	balanceAfter: (amount) => `zimebaki ${amount} za kulipa`,
	roundingGain: 'Imeongezwa kwenye tokeni kwa kukadiria juu',
	token: 'Tokeni',
	helpLine: 'Huduma kwa wateja',
};
