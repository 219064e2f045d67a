/** In Swahili: see `en/claim.ts`. */
import type { Words } from '../catalogue.ts';

export const claim: Words['claim'] = {
	link: 'Nina risiti ya muda',
	title: 'Risiti ya muda',
	lead: 'Duka lisilo na mtandao lilikupa ulipolipa. Angalia hapa kama tokeni yako imefika.',
	field: 'Namba ya kudai',
	hint: 'Herufi 9, zimechapishwa kwenye risiti',
	soFar: (count) => `Herufi ${count} hadi sasa, zinahitajika 9`,
	sound: 'Herufi ya ukaguzi ni sahihi',
	ask: 'Omba tokeni yangu',
	again: 'Omba tena',
	notArrived: {
		title: 'Bado haijafika',
		detail:
			'Duka bado halijatuma mauzo hayo, au risiti ina namba nyingine ya kudai au ya mita. Linganisha zote mbili, tunza risiti, kisha uombe tena baadaye.',
	},
	waiting: {
		title: 'Tokeni yako inatengenezwa',
		detail: 'Mauzo yamefika. Omba tena baada ya dakika moja.',
	},
	refused: {
		title: 'Hakuna tokeni iliyotengenezwa',
		toFetch: (amount) => `${amount} ni zako, kwenye duka lililokupa risiti. Nenda na risiti.`,
		givenBack: (amount, moment) => `Duka linasema lilirudisha ${amount} tarehe ${moment}.`,
		code: (code) => `Namba ya msaada ${code}`,
	},
	unknown: {
		title: 'Hakuna jibu',
		detail: 'Huduma haikupatikana. Hakuna kilichopotea; omba tena mtandao ukirudi.',
	},
	notKept: 'Ukurasa huu hautunzi tokeni. Iandike au uitume kwa mtu, na utunze risiti.',
};
