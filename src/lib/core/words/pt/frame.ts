/** In Portuguese: see `en/frame.ts`. */
import type { Words } from '../catalogue.ts';

export const frame: Words['frame'] = {
	name: 'Tokenline',
	skip: 'Ir para o conteúdo',
	ways: 'Navegação principal',
	topUp: 'Recarregar',
	purchases: 'Compras',
	virtualMeter: 'Virtual',
	atTheMeter: 'Contador',
	tokens: 'Recargas',
	jobs: 'Trabalhos',
	tools: 'Ferramentas',
	sell: 'Vender',
	sales: 'Vendas',
	shift: 'Turno',
	till: 'Este posto',
	approvals: 'Aprovações',
	meters: 'Contadores',
	tills: 'Postos de venda',
	agents: 'Agentes',
	journals: 'Diários',
	connection: {
		unknown: 'A ligar',
		online: 'Com rede',
		offline: 'Sem rede',
		sending: 'A enviar',
		waiting: (state, count) => `${state}, ${count} em espera`,
		queued: (count) => `${count} em espera`,
		tryNow: 'Tentar já',
	},
	language: {
		choose: (name) => `Língua: ${name}`,
		title: 'Língua',
		close: 'Fechar',
		loading: 'A buscar a língua',
		notHere: (name) => `${name} ainda não está neste aparelho. Ligue-se à rede e escolha de novo.`,
		notKept: 'O navegador não guarda nada para esta página, por isso a escolha perdia-se.',
	},
	update: {
		ready: 'Há uma nova versão do Tokenline.',
		take: 'Usar',
	},
	install: {
		offer: 'Guarde o Tokenline neste telefone: assim abre sem rede.',
		take: 'Instalar',
	},
	failure: {
		notFound: {
			title: 'Esta página não existe',
			detail: 'O endereço não leva a lado nenhum. Nada do que é seu se perdeu.',
		},
		other: {
			title: 'Não foi possível mostrar esta página',
			detail:
				'Algo correu mal na aplicação. As suas compras estão guardadas neste aparelho. Carregue a página de novo.',
		},
		home: 'Ir para o início',
		reload: 'Carregar de novo',
		code: (status) => `Código ${status}`,
	},
};
