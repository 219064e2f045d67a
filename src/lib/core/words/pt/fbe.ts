/** In Portuguese: see `en/fbe.ts`. */
import type { Words } from '../catalogue.ts';

export const fbe: Words['fbe'] = {
	title: 'Eletricidade gratuita',
	free: (energy) => `${energy} grátis este mês`,
	freeFor: (energy, name) => `${energy} grátis este mês para ${name}`,
	about: 'Uma vez por mês a empresa dá a este contador eletricidade gratuita. Não paga nada.',
	expires: (date) => `Termina a ${date}`,
	look: 'Levantar',
	dismiss: 'Este mês não',
	fetch: (energy) => `Levantar ${energy} grátis`,
	ask: 'Pedir',
	later: 'Pedir agora, levantar depois',
	waits: 'O pedido espera aqui e segue quando a rede voltar.',
	unknown:
		'Aqui não se sabe se este contador tem eletricidade gratuita. O serviço diz quando se pede.',
	given: {
		title: 'Já levantada este mês',
		here: 'Levantou-a neste aparelho. Volta no dia 1.',
		look: 'Ver a recarga',
	},
	underWay: {
		title: 'Já pedida',
		detail: 'Vai a caminho com um só número, por isso não pode ser levantada duas vezes.',
		look: 'Ver onde está',
	},
	remind: {
		monthly: 'No dia 1 de cada mês',
		next: (day) => `Próximo lembrete a ${day}.`,
		noteTitle: (name) => `Eletricidade gratuita: ${name}`,
		noteBody: 'Começou um novo mês. Veja se a deste mês está por levantar.',
	},
	owner: {
		phone: 'Telefone da conta',
		send: 'Enviar-me um código',
		sent: (phone) => `Se a empresa conhece ${phone}, um código de 6 algarismos vai a caminho.`,
		code: 'Código da mensagem',
		codeHint: '6 algarismos',
		show: 'Este telefone é meu',
		again: 'Enviar outro código',
		silent: 'Sem resposta. Tente de novo quando houver rede.',
		offline: 'Para o mostrar é preciso rede.',
		other: 'Esse telefone não é o da conta deste contador. O escritório pode mudá-lo.',
	},
	price: 'Grátis',
	askAgain: 'Pedir de novo',
	alsoTold: 'Se a conta tem telefone, a recarga também foi para lá.',
	missed: (asked, given) =>
		`O mês (${asked}) acabou antes de o pedido chegar. Esta é a eletricidade gratuita de ${given}.`,
	stories: {
		queuedOffline: {
			title: 'Ainda não há recarga',
			detail:
				'O pedido está guardado neste aparelho. Segue sozinho quando a rede voltar. Não custa nada.',
		},
		unanswered: {
			title: 'Ainda sem resposta',
			detail:
				'O pedido foi enviado e não se sabe se chegou. É repetido sozinho, com o mesmo número, por isso não pode ser levantada duas vezes.',
		},
		issuing: {
			title: 'A recarga está a ser feita',
			detail: 'Já nada se pode perder; demora um momento.',
		},
		withdrawn: {
			title: 'Retirou o pedido',
			detail: 'Não foi feita nenhuma recarga. Pode pedir de novo.',
		},
	},
};
