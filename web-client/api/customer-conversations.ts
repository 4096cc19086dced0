import type {
  CustomerCast,
  CustomerConversation,
  CustomerConversationList,
  CustomerConversationRequest,
} from '../../appservice/customers/customer-conversation-wire.ts';
import type { MatrixClient } from '../matrix/matrix-sdk.ts';
import { askApi } from './api-session.ts';

const PATH = '/api/v1/customer-conversations';

/** The conversation of the person with a company that takes a message now; made where there is none. */
export const openConversation = (client: MatrixClient, request: CustomerConversationRequest): Promise<CustomerConversation> =>
  askApi(client, 'POST', PATH, request);

/** Who answers in a conversation, as its company chose it. */
export const castOf = (client: MatrixClient, roomId: string): Promise<CustomerCast> =>
  askApi(client, 'GET', `${PATH}/${encodeURIComponent(roomId)}/cast`);

/** The companies of all conversations of the person. */
export const listCompanies = (client: MatrixClient): Promise<CustomerConversationList> => askApi(client, 'GET', PATH);
