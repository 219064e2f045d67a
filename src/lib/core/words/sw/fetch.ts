/** In Swahili: see `en/fetch.ts`. */
import type { Words } from '../catalogue.ts';

export const fetch: Words['fetch'] = {
	link: 'Nilinunua kwa simu nyingine',
	title: 'Pata ununuzi tena',
	lead: 'Kwa manunuzi yaliyofanywa na namba ya simu. Namba ya siri inatumwa kwa simu hiyo; ukiwa nayo unayaona hapa.',
	phone: 'Namba ya simu ya ununuzi',
	phoneHint: 'Pamoja na namba ya nchi, kama +254 712 345 678',
	send: 'Tuma namba ya siri',
	codeTitle: 'Andika namba ya siri',
	sent: (phone) =>
		`Kama manunuzi ya mita hii yalifanywa na ${phone}, namba ya siri iko njiani. Inatumika kwa dakika 10, na ni ya mwisho tu inayofaa.`,
	code: 'Namba ya siri',
	codeHint: 'Tarakimu 6, kwenye ujumbe',
	codeShort: 'Namba ya siri ina tarakimu 6.',
	show: 'Onyesha manunuzi',
	anew: 'Namba nyingine au namba mpya ya siri',
	offline: {
		title: 'Hakuna mtandao',
		detail: 'Namba ya siri na manunuzi huja kwa mtandao. Hakuna kilichotumwa; jaribu tena ukirudi.',
	},
	unknown: {
		title: 'Hakuna jibu',
		detail: 'Huduma haikupatikana. Jaribu tena baada ya muda mfupi.',
	},
	none: {
		title: 'Hakuna kilichopatikana',
		detail: (days) =>
			`Katika siku ${days} zilizopita hakuna kilichonunuliwa kwa mita hii kwa namba hii ya simu.`,
	},
	found: 'Manunuzi ya mita hii',
	since: (phone, days) => `Yaliyofanywa na ${phone} katika siku ${days} zilizopita`,
	notKept: 'Ukurasa huu hauyatunzi. Yatunze tu kwenye simu yako mwenyewe.',
	keep: 'Tunza kwenye kifaa hiki',
	kept: 'Yametunzwa kwenye kifaa hiki. Yako chini ya Manunuzi.',
	notKeptHere: 'Kifaa hiki hakikuweza kuyatunza. Je, nafasi yake imejaa?',
	open: 'Fungua',
	toAll: 'Nenda kwenye manunuzi',
};
