/** In Swahili: see `en/top-up.ts`. */
import type { Words } from '../catalogue.ts';

export const topUp: Words['topUp'] = {
	title: 'Nunua umeme',
	field: 'Namba ya mita',
	hint: 'Tarakimu 11 au 13, zimechapishwa kwenye mita',
	soFar: (count) => `Tarakimu ${count} hadi sasa, zinahitajika 11 au 13`,
	sound: 'Tarakimu ya ukaguzi ni sahihi',
	next: 'Endelea',
	saved: {
		title: 'Mita zako',
		another: 'Mita nyingine',
		all: (count) => `Onyesha zote ${count}`,
		manage: (name) => `Badilisha jina au usahau ${name}`,
	},
	manage: {
		rename: 'Jina unaloipa',
		renameHint: 'Kwenye kifaa hiki tu, kama Nyumbani au Dukani',
		save: 'Tunza',
		noName: 'Ondoa jina',
		forget: 'Sahau mita hii',
		forgetHint: 'Manunuzi yaliyofanywa kwa mita hii hubaki kwenye orodha.',
		close: 'Funga',
		refusals: {
			'too-long': 'Isizidi herufi 24.',
			'not-readable': 'Kuna herufi isiyoweza kuonyeshwa.',
			'no-letter': 'Inahitaji herufi au tarakimu.',
			'a-number': 'Hiyo ni namba kama ya mita. Chagua neno.',
			taken: 'Mita nyingine hapa ina jina hili.',
		},
	},
	resume: {
		title: 'Ulikuwa hapa',
		detail: (amount, who) => `${amount} kwa ${who}. Hakuna kilichotumwa wala kulipwa.`,
		goOn: 'Endelea',
		forget: 'Sahau',
	},
	look: 'Iangalie',
	find: {
		title: 'Namba iko wapi',
		detail:
			'Kwenye lebo au kibati mbele ya mita, karibu na msimbo pau. Iko pia kwenye kila risiti ya zamani ya mita hii.',
		picture: 'Mita yenye namba yake chini ya msimbo pau',
	},
	virtual: {
		title: 'Jaribu kwa mita ya majaribio',
		detail:
			'Mita iliyo ndani ya programu hii, kwa ajili ya kujaribu. Si pesa halisi, si umeme halisi, na tokeni zake hazifai kwenye mita yoyote halisi.',
		none: 'Huduma hii haina mita za majaribio.',
		unreachable: 'Orodha ya mita za majaribio hutoka kwenye huduma, ambayo haipatikani sasa.',
	},
};
