from records.messaging import message_link


def test_message_link_quotes_the_text_and_leaves_the_receiver_open():
    assert message_link("Halo & salam") == "https://wa.me/?text=Halo%20%26%20salam"
    assert message_link("Halo", "6281234567890") == "https://wa.me/6281234567890?text=Halo"
