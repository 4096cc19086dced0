import type { CustomerConversation, CustomerConversationRequest } from '../../appservice/customers/customer-conversation-wire.ts';
import type { MatrixClient } from '../matrix/matrix-sdk.ts';
import { askApi } from './api-session.ts';

/** The conversation of the person with a company that takes a message now; made where there is none. */
export const openConversation = (client: MatrixClient, request: CustomerConversationRequest): Promise<CustomerConversation> =>
  askApi(client, 'POST', '/api/v1/customer-conversations', request);
