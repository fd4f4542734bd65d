package io.heliograph.simulator.callbacks;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** What a webhook's answer asks to send back: {@code <Response><Message>text</Message></Response>}, or plain text. */
final class Twiml {
    private Twiml() {}

    /** One text a reply. Anything that is no TwiML asks for nothing, as Twilio then only writes a warning. */
    static List<String> replies(CallEnd.Answered answer) {
        String type = answer.contentType();
        if (answer.status() / 100 != 2 || answer.body().isBlank()) {
            return List.of();
        }
        if (type.startsWith("text/plain")) {
            return List.of(answer.body());
        }
        return type.startsWith("text/xml") || type.startsWith("application/xml") ? parse(answer.body()) : List.of();
    }

    private static List<String> parse(String xml) {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        // No document type, no entities from elsewhere: the answer is a stranger's.
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            return messages(factory.createXMLStreamReader(new StringReader(xml)));
        } catch (XMLStreamException e) {
            return List.of();
        }
    }

    /** The text of each Message, wherever in it: bare, or inside a Body. */
    private static List<String> messages(XMLStreamReader reader) throws XMLStreamException {
        List<String> messages = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        boolean inside = false;
        while (reader.hasNext()) {
            int event = reader.next();
            boolean isMessage = event != XMLStreamReader.CHARACTERS
                    && reader.hasName()
                    && reader.getLocalName().equals("Message");
            if (isMessage && event == XMLStreamReader.START_ELEMENT) {
                inside = true;
                text.setLength(0);
            } else if (isMessage && event == XMLStreamReader.END_ELEMENT) {
                inside = false;
                messages.add(text.toString().strip());
            } else if (inside && event == XMLStreamReader.CHARACTERS) {
                text.append(reader.getText());
            }
        }
        return messages;
    }
}
