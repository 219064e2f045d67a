/** In Swahili: see `en/to-meter.ts`. */
import type { Words } from '../catalogue.ts';

export const toMeter: Words['toMeter'] = {
	send: 'Tuma kwenye mita',
	needs: 'Kwa waya pia: kwa Chrome kwenye kompyuta au simu ya Android.',
	underWay: 'Haijulikani kama mita inayo',
	look: 'Angalia mita',
	taken: 'Imo kwenye mita',
	entered: 'Imeingizwa',
	proven: { title: 'Mita imeipokea', detail: 'Imesema yenyewe, kupitia waya.' },
};
