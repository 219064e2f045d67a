/** In Portuguese: see `en/claim.ts`. */
import type { Words } from '../catalogue.ts';
import { pluralIn } from '../plural.ts';

const plural = pluralIn('pt');

export const claim: Words['claim'] = {
	link: 'Tenho um recibo provisório',
	title: 'Recibo provisório',
	lead: 'Um posto de venda sem rede deu-lho quando pagou. Veja aqui se a sua recarga já chegou.',
	field: 'Código de levantamento',
	hint: '9 caracteres, impressos no recibo',
	soFar: (count) =>
		`${count} ${plural(count, { one: 'carácter', other: 'caracteres' })} até agora, são precisos 9`,
	sound: 'O carácter de controlo está certo',
	ask: 'Pedir a minha recarga',
	again: 'Pedir de novo',
	notArrived: {
		title: 'Ainda não chegou',
		detail:
			'O posto de venda ainda não entregou a venda, ou o recibo tem outro código ou outro número de contador. Compare os dois, guarde o recibo e peça de novo mais tarde.',
	},
	waiting: {
		title: 'A sua recarga está a ser feita',
		detail: 'A venda chegou. Peça de novo daqui a um minuto.',
	},
	refused: {
		title: 'Não foi feita nenhuma recarga',
		toFetch: (amount) =>
			`${amount} são seus, no posto de venda que lhe deu o recibo. Leve o recibo consigo.`,
		givenBack: (amount, moment) => `O posto de venda diz que devolveu ${amount} em ${moment}.`,
		code: (code) => `Código ${code}`,
	},
	unknown: {
		title: 'Sem resposta',
		detail: 'Não foi possível chegar ao serviço. Nada se perdeu; peça de novo quando houver rede.',
	},
	notKept: 'Esta página não guarda a recarga. Anote-a ou partilhe-a, e guarde o recibo.',
};
