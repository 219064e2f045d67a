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
		used: (ago) => `Ilitumika mwisho ${ago}`,
		manage: (name) => `Badilisha jina au usahau ${name}`,
	},
	manage: {
		rename: 'Jina unaloipa',
		renameHint: 'Kwenye kifaa hiki tu, kama Nyumbani au Dukani',
		save: 'Tunza',
		forget: 'Sahau mita hii',
		forgetHint: 'Manunuzi yaliyofanywa kwa mita hii hubaki kwenye orodha.',
		close: 'Funga',
	},
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
