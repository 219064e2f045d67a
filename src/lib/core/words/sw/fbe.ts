/** In Swahili: see `en/fbe.ts`. */
import type { Words } from '../catalogue.ts';

export const fbe: Words['fbe'] = {
	title: 'Umeme wa bure',
	free: (energy) => `${energy} bure mwezi huu`,
	freeFor: (energy, name) => `${energy} bure mwezi huu kwa ${name}`,
	about: 'Mara moja kwa mwezi kampuni huipa mita hii umeme wa bure. Hulipi chochote.',
	expires: (date) => `Mwisho ni ${date}`,
	look: 'Uchukue',
	dismiss: 'Si mwezi huu',
	fetch: (energy) => `Chukua ${energy} bure`,
	ask: 'Uombe',
	later: 'Omba sasa, chukua baadaye',
	waits: 'Ombi linasubiri hapa na hutumwa mtandao ukirudi.',
	unknown: 'Haijulikani hapa kama mita hii ina umeme wa bure. Huduma husema inapoulizwa.',
	given: {
		title: 'Umeshachukuliwa mwezi huu',
		here: 'Uliuchukua kwenye kifaa hiki. Utakuja tena tarehe 1.',
		look: 'Ona tokeni',
	},
	underWay: {
		title: 'Umeshaombwa',
		detail: 'Ombi liko njiani kwa namba moja, kwa hiyo hauwezi kuchukuliwa mara mbili.',
		look: 'Ona lilipo',
	},
	remind: {
		monthly: 'Tarehe 1 ya kila mwezi',
		next: (day) => `Ukumbusho ujao ni ${day}.`,
		noteTitle: (name) => `Umeme wa bure: ${name}`,
		noteBody: 'Mwezi mpya umeanza. Angalia kama wa mwezi huu upo wa kuchukua.',
	},
	owner: {
		phone: 'Simu ya akaunti',
		send: 'Nitumie namba ya siri',
		sent: (phone) => `Kama kampuni inaijua ${phone}, namba ya siri ya tarakimu 6 iko njiani.`,
		code: 'Namba ya siri ya ujumbe',
		codeHint: 'Tarakimu 6',
		show: 'Simu hii ni yangu',
		again: 'Tuma namba nyingine',
		silent: 'Hakuna jibu. Jaribu tena mtandao ukiwepo.',
		offline: 'Kuonyesha hilo kunahitaji mtandao.',
		other: 'Simu hiyo si ya akaunti ya mita hii. Ofisi ya kampuni inaweza kuibadilisha.',
	},
	price: 'Bure',
	askAgain: 'Omba tena',
	alsoTold: 'Kama akaunti ina simu, tokeni ilitumwa huko pia.',
	missed: (asked, given) =>
		`${asked} uliisha kabla ombi lako halijafika. Huu ni umeme wa bure wa ${given}.`,
	stories: {
		queuedOffline: {
			title: 'Bado hakuna tokeni',
			detail:
				'Ombi lako limehifadhiwa kwenye kifaa hiki. Hujituma lenyewe mtandao ukirudi. Haligharimu chochote.',
		},
		unanswered: {
			title: 'Bado hakuna jibu',
			detail:
				'Ombi lilitumwa, na haijulikani kama lilifika. Linarudiwa lenyewe kwa namba ileile, kwa hiyo hauwezi kuchukuliwa mara mbili.',
		},
		issuing: {
			title: 'Tokeni inatengenezwa',
			detail: 'Hakuna kinachoweza kupotea sasa; ni muda mfupi tu.',
		},
		withdrawn: {
			title: 'Uliliondoa ombi',
			detail: 'Hakuna tokeni iliyotengenezwa. Unaweza kuomba tena.',
		},
	},
};
