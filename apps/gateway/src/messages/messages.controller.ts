import { Body, Controller, Get, Header, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { BUS, type Bus } from '#bus';
import { MESSAGE_QUESTIONS, problem, type ErrorCode, type UserId } from '#contracts';
import { LimitedAs } from '../access/access.js';
import { ActingUser, FromCaller, type RequestCaller } from '../access/request-caller.js';
import { given } from '../input/given.js';
import { ConversationPath } from '../input/paths.js';
import { Endpoint } from '../openapi/endpoint.decorator.js';
import { MessageInput, SendRequest } from '../send-message/send-message.input.js';
import { SendMessageService } from '../send-message/send-message.service.js';
import { HistoryQuery, historyAsk } from './history.query.js';
import { messagePageText } from './message-page.js';
import { MessagePageDto, SentDto, sentDto } from './messages.answer.js';

const REPEATED = { 200: 'A repeated send: the first answer, with `Idempotent-Replayed: true`.' };

const REFUSALS: readonly ErrorCode[] = [
  'forbidden',
  'not_a_member',
  'user_not_found',
  'group_not_found',
  'conversation_not_found',
  'group_dismissed',
  'idempotency_key_reused',
];

@ApiTags('messages')
@Controller('v1')
export class MessagesController {
  constructor(
    @Inject(BUS) private readonly bus: Bus,
    private readonly messages: SendMessageService,
  ) {}

  @Post('messages')
  @LimitedAs('send')
  @Endpoint({
    summary: 'Send a message to a user, a group or a conversation',
    access: 'anyone',
    status: 201,
    answer: SentDto,
    answerDescription: 'Durable.',
    also: REPEATED,
    hasBody: true,
    errors: REFUSALS,
  })
  send(@FromCaller() from: RequestCaller, @Body() request: SendRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<SentDto> {
    return this.sendFrom(from, request, reply);
  }

  @Post('conversations/:conversationId/messages')
  @LimitedAs('send')
  @Endpoint({
    summary: 'Send a message to a conversation',
    access: 'anyone',
    status: 201,
    answer: SentDto,
    answerDescription: 'Durable.',
    also: REPEATED,
    hasBody: true,
    errors: REFUSALS,
  })
  sendTo(
    @FromCaller() from: RequestCaller,
    @Param() { conversationId }: ConversationPath,
    @Body() message: MessageInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentDto> {
    return this.sendFrom(from, { ...given(message), conversationId }, reply);
  }

  @Get('conversations/:conversationId/messages')
  @Header('content-type', 'application/json; charset=utf-8')
  @Endpoint({
    summary: 'Read messages of a conversation',
    access: 'user',
    status: 200,
    answer: MessagePageDto,
    errors: ['conversation_not_found', 'not_a_member', 'outside_window'],
  })
  async read(@ActingUser() userId: UserId, @Param() { conversationId }: ConversationPath, @Query() query: HistoryQuery): Promise<string> {
    const ask = historyAsk(query);
    const about = { userId, conversationId };
    if (ask.kind === 'range') {
      const { fromSeq, toSeq } = ask;
      return messagePageText(await this.bus.ask(MESSAGE_QUESTIONS.readRange, conversationId, { ...about, fromSeq, toSeq }));
    }
    const { limit, beforeSeq, afterSeq } = ask;
    return messagePageText(
      await this.bus.ask(MESSAGE_QUESTIONS.readPage, conversationId, { ...about, ...given({ limit, beforeSeq, afterSeq }) }),
    );
  }

  private async sendFrom({ caller, userId }: RequestCaller, request: SendRequest, reply: FastifyReply): Promise<SentDto> {
    if (!caller) throw problem('unauthenticated', 'send an access token or an API key');
    const senderId = request.senderId ?? userId;
    const command = await this.messages.prepare(caller, { ...given(request), ...(senderId !== undefined && { senderId }) });
    const answer = await this.messages.submit(command);
    if (answer.replayed) void reply.status(200).header('idempotent-replayed', 'true');
    return sentDto(answer);
  }
}
