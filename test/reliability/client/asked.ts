import type { Operation, Target } from '../history/history.js';
import type { HttpRequest } from './http-client.js';

/** An operation with what the history doesn't repeat. */
export interface Ask {
  operation: Operation;
  /** Of a send; the operation has its digest. */
  content?: unknown;
}

type SocketOperation = Extract<Operation, { type: 'send' | 'read' | 'history' | 'sync' }>;

/** The frame that asks for it. */
export function frameOf(operation: SocketOperation, content?: unknown): { type: string; data: object } {
  const { type } = operation;
  switch (operation.type) {
    case 'send':
      return { type, data: { ...targetFields(operation.to), clientMsgId: operation.clientMsgId, type: 'text', content } };
    case 'read':
      return { type, data: { conversationId: operation.conversationId, seq: operation.seq } };
    case 'history':
      return { type, data: { conversationId: operation.conversationId, ...operation.range } };
    case 'sync': {
      const { cursors, after, through } = operation;
      return { type, data: { cursors, ...(after !== undefined && { after }), ...(through !== undefined && { through }) } };
    }
  }
}

/** The HTTP request that asks for it. A sync has none. */
export function requestOf({ operation, content }: Ask): Omit<HttpRequest, 'token'> {
  switch (operation.type) {
    case 'send': {
      const body = { ...targetFields(operation.to), clientMsgId: operation.clientMsgId, type: 'text', content };
      return { method: 'POST', path: '/v1/messages', body };
    }
    case 'read': {
      const { conversationId, seq } = operation;
      return { method: 'PUT', path: `/v1/conversations/${encodeURIComponent(conversationId)}/read-cursor`, body: { seq } };
    }
    case 'history': {
      const query = new URLSearchParams(Object.entries(operation.range).map(([name, seq]): [string, string] => [name, String(seq)]));
      return { method: 'GET', path: `/v1/conversations/${encodeURIComponent(operation.conversationId)}/messages?${query.toString()}` };
    }
    case 'list':
      return { method: 'GET', path: '/v1/me/conversations?limit=200' };
    case 'sync':
      throw new Error('there is no sync over HTTP');
    default:
      return groupRequest(operation);
  }
}

type GroupOperation = Extract<Operation, { groupId: string }>;

function groupRequest(operation: GroupOperation): Omit<HttpRequest, 'token'> {
  const group = `/v1/groups/${operation.groupId}`;
  switch (operation.type) {
    case 'create-group': {
      const { groupId, history, memberIds } = operation;
      return { method: 'POST', path: '/v1/groups', body: { groupId, history, memberIds, name: groupId } };
    }
    case 'invite':
      return { method: 'POST', path: `${group}/members`, body: { userIds: operation.userIds } };
    case 'kick':
      return { method: 'DELETE', path: `${group}/members/${operation.userId}` };
    default:
      return { method: 'POST', path: `${group}/${operation.type}` };
  }
}

function targetFields(to: Target): object {
  return 'conversationId' in to ? to : { to };
}
