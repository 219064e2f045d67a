/** In Portuguese: see `en/fetch.ts`. */
import type { Words } from '../catalogue.ts';

export const fetch: Words['fetch'] = {
	link: 'Comprei noutro telefone',
	title: 'Ir buscar uma compra',
	lead: 'Para compras feitas com um número de telefone. Um código vai para esse telefone; com ele vê-as aqui.',
	phone: 'Número de telefone da compra',
	phoneHint: 'Com o indicativo do país, como +254 712 345 678',
	send: 'Enviar o código',
	codeTitle: 'Digite o código',
	sent: (phone) =>
		`Se foram feitas compras para este contador com o ${phone}, um código vai a caminho. Vale 10 minutos, e só conta o mais recente.`,
	code: 'Código',
	codeHint: '6 algarismos, na mensagem',
	codeShort: 'Um código tem 6 algarismos.',
	show: 'Mostrar as compras',
	anew: 'Outro número ou novo código',
	offline: {
		title: 'Sem rede',
		detail:
			'O código e as compras vêm pela rede. Nada foi enviado; tente de novo quando ela voltar.',
	},
	unknown: {
		title: 'Sem resposta',
		detail: 'Não foi possível chegar ao serviço. Tente de novo daqui a pouco.',
	},
	none: {
		title: 'Nada encontrado',
		detail: (days) =>
			`Nos últimos ${days} dias nada foi comprado para este contador com este número de telefone.`,
	},
	found: 'Compras deste contador',
	since: (phone, days) => `Feitas com o ${phone} nos últimos ${days} dias`,
	notKept: 'Esta página não as guarda. Guarde-as só num telefone que seja seu.',
	keep: 'Guardar neste aparelho',
	kept: 'Guardadas neste aparelho. Encontra-as em Compras.',
	notKeptHere: 'Este aparelho não as conseguiu guardar. A memória está cheia?',
	open: 'Abrir',
	toAll: 'Ver as compras',
};
