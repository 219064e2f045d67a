/** In Swahili: see `en/frame.ts`. */
import type { Words } from '../catalogue.ts';

export const frame: Words['frame'] = {
	name: 'Tokenline',
	skip: 'Nenda kwenye maudhui',
	ways: 'Njia kuu',
	topUp: 'Nunua',
	purchases: 'Manunuzi',
	virtualMeter: 'Majaribio',
	atTheMeter: 'Mita',
	tokens: 'Tokeni',
	jobs: 'Kazi',
	tools: 'Zana',
	sell: 'Uza',
	sales: 'Mauzo',
	shift: 'Zamu',
	till: 'Duka hili',
	approvals: 'Idhini',
	meters: 'Mita',
	tills: 'Maduka',
	agents: 'Mawakala',
	journals: 'Kumbukumbu',
	connection: {
		unknown: 'Inaunganisha',
		online: 'Mtandaoni',
		offline: 'Bila mtandao',
		sending: 'Inatuma',
		waiting: (state, count) => `${state}, ${count} inasubiri`,
		queued: (count) => `${count} inasubiri`,
		tryNow: 'Jaribu sasa',
	},
	language: {
		choose: (name) => `Lugha: ${name}`,
		title: 'Lugha',
		close: 'Funga',
		loading: 'Inaleta lugha',
		notHere: (name) =>
			`${name} bado haipo kwenye kifaa hiki. Unganisha mtandao, kisha uichague tena.`,
		notKept: 'Kivinjari hakitunzi chochote cha ukurasa huu, hivyo chaguo lingepotea.',
	},
	update: {
		ready: 'Kuna toleo jipya la Tokenline.',
		take: 'Litumie',
	},
	install: {
		offer: 'Weka Tokenline kwenye simu hii: itafunguka bila mtandao.',
		take: 'Weka',
	},
	failure: {
		notFound: {
			title: 'Hakuna ukurasa kama huo',
			detail: 'Anwani hii haielekei popote. Hakuna chako kilichopotea.',
		},
		other: {
			title: 'Ukurasa huu haukuweza kuonyeshwa',
			detail:
				'Kuna hitilafu kwenye programu. Manunuzi yako yametunzwa kwenye kifaa hiki. Pakia ukurasa tena.',
		},
		home: 'Nenda mwanzo',
		reload: 'Pakia tena',
		code: (status) => `Namba ya msaada ${status}`,
	},
};
