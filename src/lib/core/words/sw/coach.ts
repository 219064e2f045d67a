/** In Swahili: see `en/coach.ts`. */
import type { Words } from '../catalogue.ts';

export const coach: Words['coach'] = {
	start: 'Iingize pamoja nami',
	title: 'Iingize pamoja nami',
	back: 'Rudi kwenye tokeni',
	group: (place, of) => `Kundi la ${place} kati ya ${of}`,
	first: 'Andika tarakimu hizi nne kwenye vitufe vya mita. Kisha gusa Endelea.',
	next: 'Endelea',
	last: 'Limeandikwa, lilikuwa la mwisho',
	previous: 'Rudi kundi moja',
	beginAgain: 'Anza upya',
	readAloud: 'Soma kila kundi kwa sauti',
	stopReading: 'Acha kusoma',
	waits: (seconds) => `Mita nyingi husubiri tarakimu inayofuata kwa sekunde ${seconds}`,
	waitsFromStart: (seconds) =>
		`Mita nyingi husahau kilichoandikwa baada ya sekunde ${seconds} bila tarakimu.`,
	forgotten: {
		title: 'Huenda mita imesahau tarakimu',
		detail:
			'Angalia kioo chake. Kama ulichoandika kimefutika, anza upya na kundi la kwanza. Kama bado kipo, endelea.',
		still: 'Bado zipo',
	},
	locked: {
		title: (clock) => `Subiri ${clock}`,
		detail:
			'Baada ya kukataa mara kadhaa mita nyingi hazipokei tokeni kwa muda, na kila mara kwa muda mrefu zaidi: sekunde 10 mwanzoni, dakika 21 kwa wingi. Usiandike chochote hadi hapo.',
		over: 'Muda wa kusubiri umeisha. Andika tokeni sasa.',
		anyway: 'Mita inapokea sasa',
		waiting: (clock) => `Subiri ${clock}`,
	},
	keySet: {
		left: (clock) =>
			`Sehemu za ufunguo mpya huenda pamoja. Mita nyingi husubiri ${clock} kwa sehemu inayofuata.`,
		lateTitle: 'Muda mrefu mno kati ya sehemu mbili',
		late: 'Kwa sasa mita nyingi zimeshaiacha sehemu ya kwanza. Anza tena na sehemu ya kwanza: hakuna kinachopotea.',
		again: 'Anza na sehemu ya kwanza',
	},
	older: {
		title: 'Tokeni ya zamani kwanza?',
		detail: (when) =>
			`Kuna tokeni ya mita hii iliyonunuliwa kabla ya hii: ${when}. Hakuna aliyeiambia simu hii kwamba imeingia. Mita hutaka tokeni ya zamani kwanza.`,
		enter: 'Ingiza ya zamani',
		isIn: 'Imeshaingia',
	},
	enter: {
		title: 'Bonyeza Ingiza kwenye mita. Inasema nini?',
		detail:
			'Ingiza ni kitufe chenye ↵ au #. Mita nyingi huipokea tokeni zenyewe baada ya tarakimu ya mwisho.',
		accepted: 'Imekubaliwa',
		acceptedHint: 'Au salio jipya, mlio, “good”, “1st”, “2nd”',
		refused: 'Imekataliwa',
		refusedHint: 'Au “reject”, “used”, “error”, au kitu kingine chochote',
		nothing: 'Hakuna chochote',
		nothingHint: 'Kioo hakina mwanga au hakijabadilika',
	},
	taken: (place) => `${place} imeingia, kwa kauli yako.`,
	done: {
		title: 'Imeingizwa, kwa kauli yako',
		detail: 'Uthibitisho ni kioo cha mita, si simu hii: angalia huko salio jipya.',
		detailKeys:
			'Kwa kauli yako mita ina ufunguo wake mpya. Tokeni zitakazonunuliwa kuanzia sasa zinaufaa.',
		back: 'Nenda kwenye tokeni',
		notIn: 'Kumbe haikupokewa',
	},
	refused: 'Mita imeikataa',
	missing: {
		title: 'Hakuna tokeni hapa',
		detail: 'Simu hii haina tokeni kwa ununuzi huu.',
	},
};
